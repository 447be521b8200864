package io.tocsin.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.schemas.Policy;
import io.tocsin.schemas.SecurityEvent;
import io.tocsin.schemas.SecurityReport;
import io.tocsin.schemas.topic.Topics;
import io.tocsin.streams.policy.Decision;
import io.tocsin.streams.policy.Judgement;
import io.tocsin.streams.policy.PolicySettings;
import io.tocsin.streams.policy.ReportBook;
import io.tocsin.streams.policy.ScanChange;
import io.tocsin.streams.window.EventTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Wires the policies to their topic and stores. Policies and events come in the order of their
 * records' times, so a change holds from the next event on, in a replay as well.
 */
final class PolicyProcessor implements Processor<String, SpecificRecord, String, SpecificRecord> {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final PolicySettings settings;
  private final PolicyMeters meters;
  private ProcessorContext<String, SpecificRecord> context;
  private KeyValueStore<String, SecurityReport> reports;
  private PolicyBook policies;
  private SeenEvents seen;
  private ImageScans scans;
  private ReportBook book;
  private boolean isToldAll;

  PolicyProcessor(PolicySettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = new PolicyMeters(meters);
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> initial) {
    context = initial;
    reports = context.getStateStore(PolicyTopology.REPORT_STORE);
    policies =
        new PolicyBook(context.getStateStore(PolicyTopology.POLICY_STORE), settings.severities());
    seen = new SeenEvents(context.getStateStore(PolicyTopology.SEEN_STORE), settings.events());
    scans =
        new ImageScans(
            context.getStateStore(PolicyTopology.SCAN_STORE),
            settings.images(),
            () -> meters.leftOut("images_over_limit"));
    book = new ReportBook(reports.get(PolicyTopology.REPORT_KEY));
    // What was there before a restart may not have been told.
    isToldAll = false;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tell);
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    boolean isPolicy =
        context
            .recordMetadata()
            .map(metadata -> metadata.topic().equals(Topics.POLICIES.name()))
            .orElse(record.value() instanceof Policy);
    if (isPolicy) {
      policy(record);
    } else if (record.value() instanceof SecurityEvent event) {
      event(record, timely(event, record.timestamp()));
    } else {
      meters.leftOut("empty");
    }
  }

  private void policy(Record<String, SpecificRecord> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    String key = record.key() == null ? "" : record.key();
    try {
      policies.take(key, (Policy) record.value());
      book.inForce(policies.inForce().size(), at);
    } catch (RefusedPolicyException refused) {
      meters.trouble("refused");
      book.refused(key, at, refused.getMessage());
      // The handler makes a dead letter of it.
      throw refused;
    } finally {
      keep();
    }
  }

  private void event(Record<String, SpecificRecord> record, SecurityEvent event) {
    if (ScanChange.isScan(event)) {
      scan(record, event);
      return;
    }
    Judgement judgement = policies.inForce().judge(event);
    boolean isAction =
        !(judgement.decision() instanceof Decision.NotJudged notJudged
            && notJudged.why() == Decision.Why.NO_ACTION);
    if (isAction && !seen.isNew(event.getId())) {
      meters.leftOut("repeated");
      book.repeated();
      keep();
      return;
    }
    meters.judged(judgement);
    if (isAction) {
      book.judged(event, judgement);
      keep();
    }
    judgement
        .violations()
        .forEach(
            violation ->
                forward(
                    Topics.VIOLATIONS.keyOf(violation),
                    violation,
                    record.timestamp(),
                    PolicyTopology.VIOLATIONS));
  }

  /**
   * An event from the future counts when it arrived: else it would head the newest for as long, and
   * a scan would make all that follow look old.
   */
  private SecurityEvent timely(SecurityEvent event, long arrivedAt) {
    long claimedAt = event.getAt().toEpochMilli();
    if (!EventTime.isAhead(claimedAt, arrivedAt)) {
      return event;
    }
    meters.clamped();
    event.setAt(Instant.ofEpochMilli(EventTime.of(claimedAt, arrivedAt)));
    return event;
  }

  private void scan(Record<String, SpecificRecord> record, SecurityEvent event) {
    scans
        .take(event)
        .ifPresentOrElse(
            findings -> {
              book.scanned(findings);
              keep();
              forward(
                  findings.getImage(), findings, record.timestamp(), PolicyTopology.IMAGE_FINDINGS);
            },
            () -> meters.leftOut("older_scan"));
  }

  private void keep() {
    reports.put(PolicyTopology.REPORT_KEY, book.report());
    isToldAll = false;
  }

  /** The record is as old as the telling: a broker refuses times from the future. */
  private void tell(long wall) {
    SecurityReport report = reports.get(PolicyTopology.REPORT_KEY);
    if (!isToldAll && report != null) {
      forward(PolicyTopology.REPORT_KEY, report, wall, PolicyTopology.SECURITY_REPORT);
      isToldAll = true;
    }
  }

  private void forward(String key, SpecificRecord value, long at, String sink) {
    context.forward(new Record<>(key, value, Math.max(0, at)), sink);
  }
}
