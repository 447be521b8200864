package io.tocsin.collectors.host;

import io.tocsin.collectors.Problem;
import io.tocsin.schemas.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What moves slowly or costs much, and so stands only in some samples: file systems; and NUMA
 * nodes, huge pages and tuning. The first sample has all of it. Problems last until the next look,
 * because what could not be read then still cannot be told now.
 */
final class SlowParts {

  private final ProcFiles proc;
  private final ProcFiles sys;
  private final Filesystems filesystems;
  private final Every filesystemsEvery;
  private final Every tuningEvery;
  private List<Problem> filesystemProblems = List.of();
  private List<Problem> tuningProblems = List.of();

  /** Parts read at the intervals of the configuration. */
  SlowParts(HostConfig config, ProcFiles proc, ProcFiles sys, Filesystems filesystems) {
    this.proc = proc;
    this.sys = sys;
    this.filesystems = filesystems;
    this.filesystemsEvery = new Every(config.filesystemInterval(), config.interval());
    this.tuningEvery = new Every(config.tuningInterval(), config.interval());
  }

  /** Adds what is due. */
  void addTo(Sample.Builder sample, Instant now, List<Problem> problems)
      throws InterruptedException {
    if (filesystemsEvery.due(now)) {
      List<Problem> found = new ArrayList<>();
      sample.setFilesystems(filesystems.read(proc, found));
      filesystemProblems = List.copyOf(found);
    }
    if (tuningEvery.due(now)) {
      List<Problem> found = new ArrayList<>();
      sample.setNuma(NumaNodes.read(sys, found));
      sample.setHugePages(HugePages.read(sys, found));
      sample.setTuning(Tuning.read(proc, sys, found));
      tuningProblems = List.copyOf(found);
    }
    problems.addAll(filesystemProblems);
    problems.addAll(tuningProblems);
  }
}
