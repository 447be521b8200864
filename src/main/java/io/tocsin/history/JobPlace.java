package io.tocsin.history;

import io.tocsin.embedded.JobFiles;
import java.nio.file.Path;

/** Where the state of the alerting job is, or is to be put. */
public sealed interface JobPlace {

  /** In the data directory of a job that runs on this machine. */
  record Here(JobFiles files) implements JobPlace {}

  /** A savepoint that a Flink cluster has written, or is to go on from. */
  record Savepoint(Path directory) implements JobPlace {}

  /** Out of reach. */
  record None() implements JobPlace {}
}
