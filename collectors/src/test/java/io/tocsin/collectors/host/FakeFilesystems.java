package io.tocsin.collectors.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.schemas.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** File systems that answer as told, or hang until they are told to go on. */
final class FakeFilesystems implements FilesystemStat, AutoCloseable {

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /**
   * Those of a file by path: {@code [fragment, blocks, available, files, free]}, {@code "hangs"} or
   * {@code "DOWN: evidence"}.
   */
  static FakeFilesystems of(Path json) throws IOException {
    FakeFilesystems fakes = new FakeFilesystems();
    if (Files.exists(json)) {
      new ObjectMapper()
          .readTree(json.toFile())
          .properties()
          .forEach(entry -> fakes.put(entry.getKey(), entry.getValue()));
    }
    return fakes;
  }

  private void put(String path, JsonNode told) {
    if (told.isArray()) {
      answers.put(
          path,
          Answer.Usage.of(
              told.get(0).longValue(),
              told.get(1).longValue(),
              told.get(2).longValue(),
              told.get(3).longValue(),
              told.get(4).longValue()));
    } else if (told.textValue().equals("hangs")) {
      hang(path);
    } else {
      String[] failure = told.textValue().split(": ", 2);
      answers.put(path, new Answer.Failure(Health.valueOf(failure[0]), failure[1]));
    }
  }

  /** The file system at that path hangs from now on. */
  void hang(String path) {
    hanging.put(path, new CountDownLatch(1));
  }

  /** It goes on. */
  void wake(String path) {
    hanging.remove(path).countDown();
  }

  /** How often that one was asked. */
  int timesAsked(String path) {
    return (int) asked.stream().filter(path::equals).count();
  }

  @Override
  public Answer of(String path) {
    asked.add(path);
    CountDownLatch latch = hanging.get(path);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return answers.getOrDefault(path, Answer.Usage.of(1024, 100, 40, 10, 4));
  }

  /** Wakes all, so that no thread stays behind. */
  @Override
  public void close() {
    hanging.values().forEach(CountDownLatch::countDown);
  }
}
