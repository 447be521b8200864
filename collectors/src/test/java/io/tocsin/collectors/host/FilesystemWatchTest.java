package io.tocsin.collectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.host.FilesystemStat.Answer;
import io.tocsin.schemas.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class FilesystemWatchTest {

  /** For those that hang, and for a busy machine to ask those that do not. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final FakeFilesystems filesystems = new FakeFilesystems();
  private final SteppingClock clock = new SteppingClock();
  private final FilesystemWatch watch = new FilesystemWatch(filesystems, PATIENCE, clock);

  @AfterEach
  void nothingHangsOn() {
    filesystems.close();
  }

  @Test
  void oneThatHangsLeavesTheOthersAlone() throws Exception {
    filesystems.hang("/a");

    Map<String, Answer> answers = ask("/a", "/b", "/c");

    assertThat(answers.get(key("/a"))).isInstanceOf(Answer.Silence.class);
    assertThat(answers.get(key("/b"))).isInstanceOf(Answer.Usage.class);
    assertThat(answers.get(key("/c"))).isInstanceOf(Answer.Usage.class);
  }

  @Test
  void oneThatHangsIsNotAskedAgainBeforeItsCallReturns() throws Exception {
    filesystems.hang("/a");
    String since = clock.instant().toString();
    ask("/a");
    clock.step(Duration.ofSeconds(10));

    Map<String, Answer> later = ask("/a");

    assertThat(later.get(key("/a")))
        .isEqualTo(new Answer.Silence("has not answered since " + since));
    assertThat(filesystems.timesAsked("/a")).isEqualTo(1);
  }

  @Test
  void oneThatComesBackIsAskedAgain() throws Exception {
    filesystems.hang("/a");
    ask("/a");

    filesystems.wake("/a");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask("/a").get(key("/a")) instanceof Answer.Usage);
    assertThat(filesystems.timesAsked("/a")).isEqualTo(2);
  }

  @Test
  void manyThatHangTakeABoundedNumberOfThreadsAndAreAllToldOf() throws Exception {
    String[] paths = IntStream.range(0, 40).mapToObj(i -> "/" + i).toArray(String[]::new);
    for (String path : paths) {
      filesystems.hang(path);
    }
    ask(paths);

    Map<String, Answer> answers = ask(paths);

    assertThat(answers).hasSize(40);
    assertThat(answers.values()).allMatch(Answer.Silence.class::isInstance);
    assertThat(IntStream.range(0, 40).map(i -> filesystems.timesAsked("/" + i)).sum())
        .isEqualTo(FilesystemWatch.MOST_THREADS);
    assertThat(answers.values().stream().map(answer -> ((Answer.Silence) answer).evidence()))
        .filteredOn(evidence -> evidence.contains("was not asked"))
        .hasSize(40 - FilesystemWatch.MOST_THREADS);
  }

  @Test
  void threadsEndWhenTheirWorkIsDone() throws Exception {
    filesystems.hang("/a");
    ask("/a", "/b");
    filesystems.wake("/a");

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> threads().noneMatch(thread -> thread.getName().equals("host-filesystems")));
  }

  @Test
  void oneThatIsUnmountedWhileItHangsIsForgotten() throws Exception {
    filesystems.hang("/a");
    ask("/a", "/b");

    assertThat(ask("/b")).containsOnlyKeys(key("/b"));
    ask("/a");
    assertThat(filesystems.timesAsked("/a")).as("mounted anew").isEqualTo(2);
  }

  @Test
  void aDefectInAskingIsAnAnswerToo() throws Exception {
    FilesystemWatch broken =
        new FilesystemWatch(
            path -> {
              throw new IllegalStateException("odd");
            },
            PATIENCE,
            clock);

    Answer answer = broken.ask("", List.of(mount("/a"))).get(key("/a"));

    assertThat(answer)
        .isEqualTo(
            new Answer.Failure(
                Health.UNKNOWN, "could not be asked: java.lang.IllegalStateException: odd"));
  }

  @Test
  void aPassThatIsGivenUpRemembersWhatHangs() throws Exception {
    filesystems.hang("/a");
    Thread.currentThread().interrupt();
    try {
      ask("/a");
    } catch (InterruptedException givenUp) {
      // as it should be
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask("/a").get(key("/a")) instanceof Answer.Silence);

    ask("/a");

    await().untilAsserted(() -> assertThat(filesystems.timesAsked("/a")).isEqualTo(1));
  }

  private Map<String, Answer> ask(String... paths) throws InterruptedException {
    return watch.ask("", Stream.of(paths).map(FilesystemWatchTest::mount).toList());
  }

  private static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream();
  }

  private static Mount mount(String path) {
    return new Mount(1, 0, "8:1", "/", path, false, "ext4", "/dev/sda1");
  }

  private static String key(String path) {
    return mount(path).key();
  }
}
