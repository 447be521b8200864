package io.tocsin.collectors.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What listens where a Docker daemon should, and does as it is told. */
final class FakeDocker implements AutoCloseable {

  /** Serves one connection; what it leaves open stays open. */
  @FunctionalInterface
  interface Behaviour {
    void serve(String path, SocketChannel client) throws IOException;
  }

  private final Path folder;
  private final Path socket;
  private final ServerSocketChannel server;
  private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = this::answer;

  FakeDocker() {
    try {
      // The path of a socket may have 107 characters only.
      folder = Files.createTempDirectory("fake-docker");
      socket = folder.resolve("s");
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::run, "fake-docker");
    thread.setDaemon(true);
    thread.start();
  }

  Path socket() {
    return socket;
  }

  /** What it was asked. */
  List<String> questions() {
    return questions;
  }

  FakeDocker list(String json) {
    answers.put("/containers/json?all=1", json);
    return this;
  }

  FakeDocker inspect(String id, String json) {
    answers.put("/containers/" + id + "/json", json);
    return this;
  }

  FakeDocker behave(Behaviour other) {
    behaviour = other;
    return this;
  }

  FakeDocker behaveWell() {
    return behave(this::answer);
  }

  private void run() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        clients.add(client);
        try {
          serve(client);
        } catch (IOException clientLeft) {
          client.close();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(SocketChannel client) throws IOException {
    ByteBuffer question = ByteBuffer.allocate(4096);
    if (client.read(question) < 0) {
      // Broken off before it was asked; others may yet come.
      throw new EOFException();
    }
    String path =
        new String(question.array(), 0, question.position(), StandardCharsets.US_ASCII)
            .split(" ")[1];
    questions.add(path);
    behaviour.serve(path, client);
  }

  private void answer(String path, SocketChannel client) throws IOException {
    String body = answers.get(path);
    send(client, body == null ? "HTTP/1.0 404 no\r\n\r\n" : "HTTP/1.0 200 OK\r\n\r\n" + body);
    client.close();
  }

  static void send(SocketChannel client, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel client : clients) {
      client.close();
    }
    Files.deleteIfExists(socket);
    Files.deleteIfExists(folder);
  }
}
