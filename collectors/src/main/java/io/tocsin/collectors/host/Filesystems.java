package io.tocsin.collectors.host;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Problem.Reason;
import io.tocsin.collectors.host.FilesystemStat.Answer;
import io.tocsin.schemas.FilesystemSample;
import io.tocsin.schemas.Health;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The mounted file systems that hold data.
 *
 * <p>The table is that of process 1 where its root can be entered, which takes root's rights: so an
 * agent in a container, or with a file system view of its own, sees what the machine sees, and asks
 * below {@code /proc/1/root}. Otherwise it is the agent's own table.
 */
final class Filesystems {

  /** More on one machine is a fault in the choice; a sample has an end. */
  static final int MOST = 256;

  private final Path root;
  private final MountChoice choice;
  private final Function<Consumer<Problem>, FilesystemStat> statSource;
  private final Clock clock;
  private final HostConfig config;
  private FilesystemWatch watch;
  private Problem withoutInodes;

  /** File systems asked by what {@code statSource} makes when they are first looked at. */
  Filesystems(
      HostConfig config, Function<Consumer<Problem>, FilesystemStat> statSource, Clock clock) {
    this.config = config;
    this.root = config.proc().resolve("1/root");
    this.choice = new MountChoice(config.excludeTypes(), config.excludeMounts());
    this.statSource = statSource;
    this.clock = clock;
  }

  /** Asks all; those that do not answer are told of as UNKNOWN and are a problem each. */
  List<FilesystemSample> read(ProcFiles proc, List<Problem> problems) throws InterruptedException {
    if (watch == null) {
      FilesystemStat stat = statSource.apply(problem -> withoutInodes = problem);
      watch = new FilesystemWatch(stat, config.filesystemTimeout(), clock);
    }
    if (withoutInodes != null) {
      problems.add(withoutInodes);
    }
    boolean ofProcessOne = Files.isExecutable(root) && proc.has("1/mountinfo");
    List<Mount> mounts;
    try {
      ProcText table = proc.read(ofProcessOne ? "1/mountinfo" : "self/mountinfo");
      mounts = choice.of(MountTable.parse(table, problems));
    } catch (CollectorException noTable) {
      problems.add(noTable.problem());
      return List.of();
    }
    if (mounts.size() > MOST) {
      problems.add(
          new Problem(
              Reason.OVER_LIMIT,
              proc + "/self/mountinfo",
              "there are more than %d file systems and the rest is left out: name some in"
                      .formatted(MOST)
                  + " exclude-mounts or exclude-types"));
      mounts = mounts.subList(0, MOST);
    }
    Map<String, Answer> answers = watch.ask(ofProcessOne ? root.toString() : "", mounts);
    List<FilesystemSample> samples = new ArrayList<>(mounts.size());
    for (Mount mount : mounts) {
      samples.add(sample(mount, answers.get(mount.key()), problems));
    }
    return samples;
  }

  private static FilesystemSample sample(Mount mount, Answer answer, List<Problem> problems) {
    FilesystemSample.Builder sample =
        FilesystemSample.newBuilder()
            .setMountPoint(mount.shownPath())
            .setDevice(mount.source())
            .setType(mount.type())
            .setReadOnly(mount.readOnly());
    if (answer instanceof Answer.Usage usage) {
      return sample
          .setHealth(Health.UP)
          .setTotalBytes(usage.totalBytes())
          .setAvailableBytes(usage.availableBytes())
          .setInodes(usage.inodes())
          .setInodesFree(usage.inodesFree())
          .build();
    }
    if (answer instanceof Answer.Failure failure) {
      problems.add(new Problem(Reason.UNREADABLE, mount.shownPath(), failure.evidence()));
      return sample.setHealth(failure.health()).setEvidence(failure.evidence()).build();
    }
    String evidence = ((Answer.Silence) answer).evidence();
    problems.add(
        new Problem(Reason.DEADLINE, mount.shownPath(), "the file system does not answer"));
    return sample.setHealth(Health.UNKNOWN).setEvidence(evidence).build();
  }

  /**
   * How real file systems are asked: with their inodes if wanted and if the C library can be
   * loaded, which fails where no temporary folder lets programs start.
   */
  static FilesystemStat stat(boolean inodes, Consumer<Problem> problem) {
    if (inodes) {
      try {
        return new Statvfs();
      } catch (LinkageError notLoaded) {
        problem.accept(
            new Problem(
                Reason.UNREADABLE,
                "inodes",
                "statvfs cannot be loaded, inodes stay unknown: start the agent with -Djna.tmpdir"
                    + " set to a folder that programs may start from, or set filesystem-inodes to"
                    + " false"));
      }
    }
    return new FileStoreStat();
  }
}
