package io.tocsin.security;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tocsin.schemas.topic.Topic;
import io.tocsin.schemas.topic.Topics;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The table: who reads and writes what, in which group, under which transactional ids. It is the
 * least that each needs; what is not here is denied by a broker with {@code
 * allow.everyone.if.no.acl.found=false}.
 *
 * <p>Three of its lines carry the safety of healing. Heal plans are written by alerting alone, and
 * by nobody else read but the responder, and a backup. Results and audit are written by the
 * responder alone, under a transactional id that nobody else may fence. Commands, which approve a
 * heal or end a pause, are written by whoever asks people who they are: the API, and operators.
 */
public final class Rights {

  /** Groups, transactional ids and internal topics of Kafka Streams begin with it. */
  private static final String STREAMS = "tocsin-streams";

  private static final String EVERY_GROUP = "tocsin-";

  /** What agents may tell. */
  static final List<Topic<?>> TOLD_BY_AGENTS =
      List.of(
          Topics.RESOURCES,
          Topics.SAMPLES,
          Topics.PROBES,
          Topics.MEASUREMENTS,
          Topics.SECURITY_EVENTS);

  /** What a backup holds; see {@code io.tocsin.history}. */
  private static final List<Topic<?>> STATE =
      List.of(
          Topics.RESOURCES,
          Topics.POLICIES,
          Topics.RULES,
          Topics.SILENCES,
          Topics.IMAGE_FINDINGS,
          Topics.INCIDENTS,
          Topics.INCIDENT_EVENTS,
          Topics.ALERTS,
          Topics.COMMANDS,
          Topics.NOTIFICATIONS,
          Topics.HEAL_PLANS,
          Topics.HEAL_RESULTS,
          Topics.AUDIT,
          Topics.DELIVERIES,
          Topics.ACCESS);

  private static final Map<Actor, Set<Right>> TABLE =
      Arrays.stream(Actor.values()).collect(toUnmodifiableMap(actor -> actor, Rights::make));

  private Rights() {}

  /** All that one may do, in the order in which people read it. */
  public static Set<Right> of(Actor actor) {
    return TABLE.get(actor);
  }

  /** Topics that one reads or writes, without those of its own making. */
  public static Set<String> topics(Actor actor) {
    Set<String> names = new LinkedHashSet<>();
    Topics.all().stream()
        .map(Topic::name)
        .filter(name -> may(actor, name, READ) || may(actor, name, WRITE))
        .forEach(names::add);
    return names;
  }

  /** Whether one may do something to a topic by a right that names it. */
  static boolean may(Actor actor, String topic, AclOperation operation) {
    return of(actor).contains(Right.literal(ResourceType.TOPIC, topic, operation));
  }

  private static Set<Right> make(Actor actor) {
    Stream<Right> rights =
        switch (actor) {
          case AGENT -> each(WRITE, TOLD_BY_AGENTS);
          case STREAMS -> streams();
          case ALERTING -> alerting();
          case RESPONDER -> responder();
          case NOTIFIER -> notifier();
          case RECORDER -> recorder();
          case SERVER -> server();
          case OPERATOR -> operator();
          case VIEWER -> each(READ, seenByViewers());
          case BACKUP -> backup();
          case ADMIN -> admin();
        };
    // LinkedHashSet: a right may come twice, and the order is for people.
    return Collections.unmodifiableSet(rights.collect(LinkedHashSet::new, Set::add, Set::addAll));
  }

  private static Stream<Right> streams() {
    return join(
        reads(
            Topics.RESOURCES,
            Topics.SAMPLES,
            Topics.PROBES,
            Topics.MEASUREMENTS,
            Topics.SECURITY_EVENTS,
            Topics.POLICIES,
            Topics.LATENCY_PARTS),
        writes(
            Topics.WINDOWS,
            Topics.THROUGHPUTS,
            Topics.LATENCIES,
            Topics.LATENCY_PARTS,
            Topics.REFUSALS,
            Topics.BOTTLENECKS,
            Topics.VIOLATIONS,
            Topics.IMAGE_FINDINGS,
            Topics.SECURITY_REPORT,
            Topics.DEAD_LETTERS),
        named(Topics.ROLLUP_PARTS.name(), READ, WRITE),
        Stream.of(CREATE, DELETE, READ, WRITE, DESCRIBE_CONFIGS)
            .map(each -> Right.prefixed(ResourceType.TOPIC, STREAMS + "-", each)),
        group(STREAMS),
        Stream.of(Right.prefixed(ResourceType.TRANSACTIONAL_ID, STREAMS + "-", WRITE)));
  }

  private static Stream<Right> alerting() {
    return join(
        reads(
            Topics.RESOURCES,
            Topics.PROBES,
            Topics.MEASUREMENTS,
            Topics.SECURITY_EVENTS,
            Topics.WINDOWS,
            Topics.THROUGHPUTS,
            Topics.LATENCIES,
            Topics.BOTTLENECKS,
            Topics.VIOLATIONS,
            Topics.IMAGE_FINDINGS,
            Topics.RULES,
            Topics.COMMANDS,
            Topics.HEAL_RESULTS,
            Topics.EXTERNAL_ALERTS),
        writes(
            Topics.RULE_STATUS,
            Topics.SHADOW_REPORTS,
            Topics.ALERTS,
            Topics.SILENCES,
            Topics.INCIDENTS,
            Topics.INCIDENT_EVENTS,
            Topics.NOTIFICATIONS,
            Topics.HEAL_PLANS,
            Topics.BEATS,
            Topics.DEAD_LETTERS),
        group("tocsin-alerting"));
  }

  private static Stream<Right> responder() {
    return join(
        reads(
            Topics.RESOURCES,
            Topics.PROBES,
            Topics.ALERTS,
            Topics.COMMANDS,
            Topics.SILENCES,
            Topics.HEAL_PLANS,
            Topics.HEAL_RESULTS,
            Topics.AUDIT),
        writes(Topics.HEAL_RESULTS, Topics.AUDIT, Topics.DEAD_LETTERS),
        group("tocsin-responder"),
        group("tocsin-responder-turn"),
        transactions("tocsin-responder"));
  }

  private static Stream<Right> notifier() {
    return join(
        reads(
            Topics.INCIDENTS, Topics.NOTIFICATIONS, Topics.DELIVERIES, Topics.AUDIT, Topics.BEATS),
        writes(Topics.DELIVERIES, Topics.DEAD_LETTERS),
        group("tocsin-notifier"),
        group("tocsin-notifier-turn"),
        transactions("tocsin-notifier"));
  }

  private static Stream<Right> recorder() {
    return join(
        reads(
            Topics.WINDOWS,
            Topics.THROUGHPUTS,
            Topics.LATENCIES,
            Topics.MEASUREMENTS,
            Topics.BOTTLENECKS,
            Topics.VIOLATIONS,
            Topics.INCIDENTS,
            Topics.INCIDENT_EVENTS,
            Topics.HEAL_RESULTS,
            Topics.DELIVERIES,
            Topics.DEAD_LETTERS),
        writes(Topics.DEAD_LETTERS),
        group("tocsin-recorder"));
  }

  private static Stream<Right> server() {
    return join(
        each(READ, shownByTheServer()),
        writes(
            Topics.RULES,
            Topics.COMMANDS,
            Topics.EXTERNAL_ALERTS,
            Topics.ACCESS,
            Topics.DEAD_LETTERS),
        Stream.of(Right.prefixed(ResourceType.GROUP, EVERY_GROUP, DESCRIBE)));
  }

  /** All but what only stages tell each other. */
  private static List<Topic<?>> shownByTheServer() {
    return Topics.all().stream()
        .filter(topic -> topic != Topics.SAMPLES && topic != Topics.LATENCY_PARTS)
        .filter(topic -> topic != Topics.NOTIFICATIONS && topic != Topics.HEAL_PLANS)
        .filter(topic -> topic != Topics.EXTERNAL_ALERTS && topic != Topics.BEATS)
        .toList();
  }

  /** Without hashes of tokens. */
  private static List<Topic<?>> seenByViewers() {
    return shownByTheServer().stream().filter(topic -> topic != Topics.ACCESS).toList();
  }

  private static Stream<Right> operator() {
    return join(
        each(READ, shownByTheServer()),
        writes(Topics.POLICIES, Topics.RULES, Topics.COMMANDS, Topics.ACCESS, Topics.DEAD_LETTERS));
  }

  private static Stream<Right> backup() {
    return join(
        each(READ, STATE),
        writes(Topics.DEAD_LETTERS),
        Stream.of("tocsin-alerting", "tocsin-responder", "tocsin-notifier")
            .map(group -> Right.literal(ResourceType.GROUP, group, DESCRIBE)));
  }

  private static Stream<Right> admin() {
    return join(
        each(CREATE, Topics.all()),
        each(DESCRIBE, Topics.all()),
        named(Topics.ROLLUP_PARTS.name(), CREATE, DESCRIBE),
        Stream.of(DESCRIBE, ALTER).map(Right::cluster));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // the array goes no further
  private static Stream<Right> join(Stream<Right>... parts) {
    Stream<Right> all = Stream.empty();
    for (Stream<Right> part : parts) {
      all = Stream.concat(all, part);
    }
    return all;
  }

  private static Stream<Right> reads(Topic<?>... topics) {
    return each(READ, List.of(topics));
  }

  private static Stream<Right> writes(Topic<?>... topics) {
    return each(WRITE, List.of(topics));
  }

  private static Stream<Right> each(AclOperation operation, List<Topic<?>> topics) {
    return topics.stream().map(topic -> Right.literal(ResourceType.TOPIC, topic.name(), operation));
  }

  private static Stream<Right> named(String topic, AclOperation... operations) {
    return Stream.of(operations).map(each -> Right.literal(ResourceType.TOPIC, topic, each));
  }

  private static Stream<Right> group(String name) {
    return Stream.of(Right.literal(ResourceType.GROUP, name, READ));
  }

  private static Stream<Right> transactions(String id) {
    return Stream.of(Right.literal(ResourceType.TRANSACTIONAL_ID, id, WRITE));
  }
}
