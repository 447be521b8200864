package io.tocsin.alerting.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.schemas.Alert;
import io.tocsin.schemas.AlertState;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.schemas.HealOutcome;
import io.tocsin.schemas.HealPlan;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Incident;
import io.tocsin.schemas.IncidentEvent;
import io.tocsin.schemas.IncidentEventKind;
import io.tocsin.schemas.IncidentState;
import io.tocsin.schemas.Notification;
import io.tocsin.schemas.NotificationKind;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.ResourceKind;
import io.tocsin.schemas.Silence;
import io.tocsin.schemas.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A book, a clock that only tests move, and all that was decided. Seconds count from noon. */
final class Watch {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Shelf shelf;
  private final Settings settings;
  private final HealPolicies policies;
  private final List<Notification> notifications = new ArrayList<>();
  private final List<IncidentEvent> events = new ArrayList<>();
  private final List<HealPlan> plans = new ArrayList<>();
  private final List<HeldReason> held = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Incident> incidents = new TreeMap<>();
  private IncidentBook book;
  private double second;
  private int commands;

  Watch() {
    this(HealPolicies.NONE);
  }

  Watch(HealPolicies policies) {
    this(Shelf.inMemory(), Settings.DEFAULT, policies);
  }

  Watch(Shelf shelf, Settings settings, HealPolicies policies) {
    this.shelf = shelf;
    this.settings = settings;
    this.policies = policies;
    this.book = new IncidentBook(shelf, settings, policies, at(-60));
  }

  static Instant at(double second) {
    return NOON.plus(Duration.ofMillis(Math.round(second * 1_000)));
  }

  /** Another process takes over with what the shelf holds. */
  Watch restart() {
    book = new IncidentBook(shelf, settings, policies, at(second));
    return this;
  }

  Watch resource(Resource resource) {
    return take(book.onResource(resource.getId(), resource, at(second)));
  }

  static Resource resource(
      String id, String parent, String service, Tier tier, String... dependsOn) {
    return Resource.newBuilder()
        .setId(id)
        .setKind(kind(id))
        .setName(id.substring(id.indexOf('/') + 1))
        .setParent(parent)
        .setService(service)
        .setTier(tier)
        .setDependsOn(List.of(dependsOn))
        .setUpdatedAt(NOON)
        .build();
  }

  static ResourceKind kind(String id) {
    return ResourceKind.valueOf(id.substring(0, id.indexOf('/')).toUpperCase(Locale.ROOT));
  }

  /** An alert of the rule {@code availability}: its resource answers no more. */
  static Alert.Builder down(String id, double since) {
    return alert("availability", "health", id, since).setUnavailable(true);
  }

  static Alert.Builder alert(String rule, String signal, String id, double since) {
    Alert.Builder alert =
        Alert.newBuilder()
            .setRule(rule)
            .setRuleVersion("1")
            .setSignal(signal)
            .setResourceId(id)
            .setKind(kind(id))
            .setState(AlertState.FIRING)
            .setSince(at(since))
            .setAt(at(since))
            .setSummary(id + " fails " + rule)
            .setId(Ids.hash(rule, id, "", at(since).toString()));
    return alert;
  }

  Watch alert(Alert.Builder alert) {
    return take(book.onAlert(alert.build(), at(second)));
  }

  /** The same episode in another state, now. */
  Watch alert(Alert.Builder alert, AlertState state) {
    return alert(Alert.newBuilder(alert).setState(state).setAt(at(second)));
  }

  Watch command(CommandKind kind, String incidentId, UnaryOperator<Command.Builder> edit) {
    Command.Builder command =
        Command.newBuilder()
            .setId("command-" + ++commands)
            .setKind(kind)
            .setBy("ann")
            .setAt(at(second))
            .setText("because")
            .setIncidentId(incidentId);
    return command(edit.apply(command).build());
  }

  Watch command(Command command) {
    return take(book.onCommand(command, at(second)));
  }

  Watch silence(Silence silence) {
    return command(CommandKind.SILENCE, null, command -> command.setSilence(silence));
  }

  Watch result(HealPlan plan, HealOutcome outcome) {
    return result(plan, outcome, second);
  }

  Watch result(HealPlan plan, HealOutcome outcome, double when) {
    return take(
        book.onHealResult(
            HealResult.newBuilder()
                .setPlanId(plan.getId())
                .setIncidentId(plan.getIncidentId())
                .setAttempt(plan.getAttempt())
                .setAction(plan.getAction())
                .setTargetId(plan.getTargetId())
                .setOutcome(outcome)
                .setReason("because")
                .setAt(at(when))
                .build(),
            at(second)));
  }

  /** Lets time pass; each timer fires when it is due. */
  Watch until(double later) {
    while (true) {
      Optional<Instant> next = book.nextTimer().filter(due -> !due.isAfter(at(later)));
      if (next.isEmpty()) {
        second = later;
        return this;
      }
      Instant now = next.get().isBefore(at(second)) ? at(second) : next.get();
      second = Duration.between(NOON, now).toMillis() / 1_000.0;
      take(book.onTime(now));
    }
  }

  /** Lets time pass while nobody looks. */
  Watch sleepUntil(double later) {
    second = later;
    return this;
  }

  Watch look() {
    return take(book.onTime(at(second)));
  }

  private Watch take(Decisions decisions) {
    assertThat(decisions.events()).hasSameSizeAs(decisions.incidents());
    for (int i = 0; i < decisions.incidents().size(); i++) {
      Incident incident = decisions.incidents().get(i);
      IncidentEvent event = decisions.events().get(i);
      Incident before = incidents.put(incident.getId(), incident);
      assertThat(incident.getVersion())
          .as(() -> story(incident.getId()) + "\n" + event + "\n" + decisions.events())
          .isEqualTo(before == null ? 1 : before.getVersion() + 1);
      assertThat(event.getVersion()).isEqualTo(incident.getVersion());
      assertThat(event.getIncidentId()).isEqualTo(incident.getId());
      assertThat(event.getState()).isEqualTo(incident.getState());
      assertThat(event.getPriority()).isEqualTo(incident.getPriority());
      assertThat(event.getCause()).isNotBlank();
      assertThat(before == null || !incident.getUpdatedAt().isBefore(before.getUpdatedAt()))
          .isTrue();
    }
    events.addAll(decisions.events());
    notifications.addAll(decisions.notifications());
    plans.addAll(decisions.plans());
    held.addAll(decisions.held());
    refusals.addAll(decisions.refusals());
    return this;
  }

  private String story(String incidentId) {
    return events.stream()
        .filter(event -> event.getIncidentId().equals(incidentId))
        .map(event -> event.getAt() + " " + event.getKind() + " " + event.getCause())
        .collect(Collectors.joining("\n"));
  }

  List<Notification> told() {
    return notifications.stream().filter(one -> one.getHeldBackBy() == null).toList();
  }

  List<Notification> notifications() {
    return notifications;
  }

  List<Notification> told(NotificationKind kind) {
    return told().stream().filter(one -> one.getKind() == kind).toList();
  }

  List<NotificationKind> kinds() {
    return told().stream().map(Notification::getKind).toList();
  }

  List<IncidentEventKind> timeline(String incidentId) {
    return events.stream()
        .filter(event -> event.getIncidentId().equals(incidentId))
        .map(IncidentEvent::getKind)
        .toList();
  }

  List<IncidentEvent> events() {
    return events;
  }

  List<HealPlan> plans() {
    return plans;
  }

  List<HeldReason> held() {
    return held;
  }

  List<Refusal> refusals() {
    return refusals;
  }

  Map<String, Incident> incidents() {
    return incidents;
  }

  List<Incident> open() {
    return incidents.values().stream()
        .filter(incident -> incident.getState() != IncidentState.RESOLVED)
        .toList();
  }

  Incident only() {
    assertThat(incidents).hasSize(1);
    return incidents.values().iterator().next();
  }

  IncidentBook book() {
    return book;
  }

  <T> List<T> map(Function<Incident, T> figure) {
    return incidents.values().stream().map(figure).toList();
  }
}
