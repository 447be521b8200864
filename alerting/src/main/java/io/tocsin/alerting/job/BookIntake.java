package io.tocsin.alerting.job;

import io.tocsin.alerting.incidents.IncidentBook;
import io.tocsin.schemas.Command;
import io.tocsin.schemas.HealResult;
import io.tocsin.schemas.Resource;
import io.tocsin.schemas.topic.Topics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Opens what the incident book reads beside alerts; what cannot be read becomes a dead letter. */
final class BookIntake extends ProcessFunction<RawRecord, BookInput> {

  private static final long serialVersionUID = 1L;

  private final JobParts parts;
  private transient RecordOpening opening;

  BookIntake(JobParts parts) {
    this.parts = parts;
  }

  @Override
  public void open(OpenContext context) {
    opening = parts.opening();
  }

  @Override
  public void close() {
    if (opening != null) {
      opening.close();
    }
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<BookInput> out) {
    RecordOpening.Opened opened = opening.open(raw);
    if (opened instanceof RecordOpening.Opened.Refused refused) {
      // The inventory is read by others too; one letter about a record is enough.
      if (!raw.topic().equals(Topics.RESOURCES.name())) {
        context.output(Outputs.DEAD_LETTERS, refused.letter());
      }
    } else if (opened instanceof RecordOpening.Opened.Removed removed) {
      if (raw.topic().equals(Topics.RESOURCES.name())) {
        out.collect(BookInput.of(removed.key(), null));
      }
    } else if (opened instanceof RecordOpening.Opened.Value value) {
      if (value.value() instanceof Resource resource) {
        out.collect(BookInput.of(resource.getId(), resource));
      } else if (value.value() instanceof Command command) {
        if (!IncidentBook.NOT_OF_INCIDENTS.contains(command.getKind())) {
          out.collect(BookInput.of(command, raw));
        }
      } else if (value.value() instanceof HealResult result) {
        out.collect(BookInput.of(result));
      }
    }
  }
}
