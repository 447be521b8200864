package io.tocsin.alerting.notify.channel.email;

import io.tocsin.alerting.notify.channel.FakeReceiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of a mail server as a client needs, on the loopback; it can be rude. */
final class SmtpFake implements FakeReceiver {

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Does does = Does.ACCEPT;
  private volatile String refusesReceiver = "";

  SmtpFake() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    threads.submit(
        () -> {
          while (true) {
            Socket socket = server.accept();
            open.add(socket);
            threads.submit(() -> serve(socket));
          }
        });
  }

  private Void serve(Socket socket) throws IOException {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = socket.getOutputStream();
      if (does == Does.HANG) {
        in.readLine();
        return null;
      }
      say(out, does == Does.BROKEN ? "421 closing" : "220 fake ESMTP");
      String secret = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase().split("[ :]")[0];
        switch (command) {
          case "EHLO" -> say(out, "250-fake", "250 AUTH PLAIN");
          case "AUTH" -> {
            String[] parts = line.split(" ");
            secret =
                new String(Base64.getDecoder().decode(parts[parts.length - 1])).replace("\0", " ");
            say(out, does == Does.NOT_KNOW_THE_KEY ? "535 5.7.8 not you" : "235 ok");
          }
          case "RCPT" -> say(out, receipt(line));
          case "DATA" -> {
            say(out, "354 go on");
            StringBuilder mail = new StringBuilder();
            for (String text = in.readLine();
                text != null && !text.equals(".");
                text = in.readLine()) {
              mail.append(text.startsWith("..") ? text.substring(1) : text).append("\r\n");
            }
            mails.add(mail.toString());
            say(out, end(secret));
          }
          case "QUIT" -> {
            say(out, "221 bye");
            return null;
          }
          default -> say(out, "250 ok");
        }
      }
    }
    return null;
  }

  private String receipt(String line) {
    if (!refusesReceiver.isEmpty() && line.contains(refusesReceiver)) {
      return "550 5.1.1 no such mailbox";
    }
    return switch (does) {
      case LATER -> "451 4.7.1 greylisted";
      case NOT_BE_FOUND -> "550 5.1.1 no such mailbox";
      default -> "250 ok";
    };
  }

  private String end(String secret) {
    return switch (does) {
      case BAD_GATEWAY -> "451 4.3.0 try later";
      case NOT_UNDERSTAND -> "554 5.6.0 what?";
      case REPEAT_IT -> "550 5.7.1 " + secret;
      default -> "250 queued";
    };
  }

  private static void say(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Receivers whose address contains this do not exist. */
  void refusesReceiver(String part) {
    refusesReceiver = part;
  }

  @Override
  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void does(Does next) {
    does = next;
  }

  @Override
  public List<String> received() {
    return mails;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    threads.shutdownNow();
  }
}
