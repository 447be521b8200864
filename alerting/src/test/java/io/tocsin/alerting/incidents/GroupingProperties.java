package io.tocsin.alerting.incidents;

import static io.tocsin.alerting.incidents.Watch.alert;
import static io.tocsin.alerting.incidents.Watch.down;
import static io.tocsin.alerting.incidents.Watch.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.IncidentAlert;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GroupingProperties {

  @Property(tries = 100)
  void aDeadHostWithFortyServicesIsOnePageInWhateverOrder(
      @ForAll Random random, @ForAll boolean nested, @ForAll boolean core) {
    Watch watch = new Watch();
    List<Alert.Builder> alerts = new ArrayList<>();
    alerts.add(down("host/a", 0));
    Tier tier = core ? Tier.CORE : Tier.NON_CORE;
    for (int i = 0; i < 40; i++) {
      String parent = nested && i % 2 == 0 ? "vm/v" + i : "host/a";
      watch.resource(resource("vm/v" + i, "host/a", null, Tier.UNSPECIFIED));
      watch.resource(resource("endpoint/e" + i, parent, "s" + i, tier));
      alerts.add(down("endpoint/e" + i, random.nextInt(30)).setService("s" + i).setTier(tier));
    }
    Collections.shuffle(alerts, random);
    alerts.forEach(watch::alert);
    assertThat(watch.only().getResourceId()).isEqualTo("host/a");
    assertThat(watch.only().getAlerts()).hasSize(41);
    assertThat(watch.kinds()).containsExactly(NotificationKind.PAGE);
  }

  /** What is decided in the end, without the ids, which name the alert that came first. */
  record Picture(String cause, String priority, Set<String> alerts, String summary) {
    static Set<Picture> of(Watch watch) {
      return watch.open().stream()
          .map(
              incident ->
                  new Picture(
                      incident.getRule() + incident.getResourceId(),
                      incident.getPriority() + incident.getPriorityReason(),
                      incident.getAlerts().stream()
                          .map(IncidentAlert::toString)
                          .collect(Collectors.toCollection(TreeSet::new)),
                      incident.getSummary()))
          .collect(Collectors.toSet());
    }
  }

  @Property(tries = 2_000)
  void theOrderOfAlertsDoesNotMatterForWhatIsDecidedInTheEnd(
      @ForAll long seed, @ForAll Random order) {
    Random world = new Random(seed);
    List<Resource> resources = resources(world);
    List<Alert.Builder> alerts = alerts(world, resources);
    Watch one = new Watch();
    resources.forEach(one::resource);
    alerts.forEach(one::alert);
    List<Alert.Builder> shuffled = new ArrayList<>(alerts);
    Collections.shuffle(shuffled, order);
    Watch other = new Watch();
    resources.forEach(other::resource);
    shuffled.forEach(other::alert);
    assertThat(Picture.of(other)).isEqualTo(Picture.of(one));
  }

  @Property(tries = 50)
  void theSameInputsGiveTheSameIdsVersionsAndNotifications(@ForAll long seed) {
    assertThat(run(seed, false).notifications()).isEqualTo(run(seed, false).notifications());
    assertThat(run(seed, false).incidents()).isEqualTo(run(seed, false).incidents());
  }

  @Property(tries = 50)
  void aRestartBetweenTwoAlertsChangesNothing(@ForAll long seed) {
    assertThat(run(seed, true).incidents()).isEqualTo(run(seed, false).incidents());
    assertThat(run(seed, true).notifications()).isEqualTo(run(seed, false).notifications());
  }

  private static Watch run(long seed, boolean restarts) {
    Random world = new Random(seed);
    Watch watch = new Watch();
    List<Resource> resources = resources(world);
    resources.forEach(watch::resource);
    for (Alert.Builder alert : alerts(world, resources)) {
      if (restarts) {
        watch.restart();
      }
      watch.alert(alert);
    }
    return watch;
  }

  /**
   * Three hosts, guests on them or on VMs, services that depend on each other, circles included.
   */
  private static List<Resource> resources(Random world) {
    List<Resource> resources = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      resources.add(resource("host/h" + i, null, null, Tier.NON_CORE));
      resources.add(resource("vm/v" + i, "host/h" + world.nextInt(3), null, Tier.NON_CORE));
    }
    for (int i = 0; i < 8; i++) {
      String parent =
          switch (world.nextInt(3)) {
            case 0 -> "host/h" + world.nextInt(3);
            case 1 -> "vm/v" + world.nextInt(3);
            default -> null;
          };
      String[] needs =
          world.nextBoolean() ? new String[] {"s" + world.nextInt(5)} : new String[] {};
      Tier tier = world.nextInt(4) == 0 ? Tier.CORE : Tier.NON_CORE;
      String kind = world.nextBoolean() ? "endpoint" : "container";
      resources.add(resource(kind + "/e" + i, parent, "s" + world.nextInt(5), tier, needs));
    }
    return resources;
  }

  private static List<Alert.Builder> alerts(Random world, List<Resource> resources) {
    List<Alert.Builder> alerts = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    int count = 2 + world.nextInt(9);
    for (int i = 0; i < count; i++) {
      Resource of = resources.get(world.nextInt(resources.size()));
      int since = world.nextInt(200);
      Alert.Builder alert =
          switch (world.nextInt(5)) {
            case 0, 1 -> down(of.getId(), since);
            case 2 -> alert("cpu", "bottleneck", of.getId(), since);
            case 3 -> alert("error-rate", "application", of.getId(), since);
            default -> alert("slow", "latency", of.getId(), since);
          };
      if (ids.add(alert.getRule() + alert.getResourceId())) {
        alerts.add(alert);
      }
    }
    return alerts;
  }
}
