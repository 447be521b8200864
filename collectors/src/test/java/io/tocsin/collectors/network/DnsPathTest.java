package io.tocsin.collectors.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.Problem;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Health;
import io.tocsin.schemas.Probe;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

@Timeout(90)
class DnsPathTest {

  private final AtomicInteger questions = new AtomicInteger();
  private DatagramSocket server;
  private Thread serving;

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    // Until it wakes up, the kernel still takes what comes.
    serving.join();
  }

  /** Answers each question with as many messages as it is told. */
  private int serve(Function<Message, List<byte[]>> answers) throws IOException {
    return serve(new DatagramSocket(0, InetAddress.getLoopbackAddress()), answers);
  }

  private int serve(DatagramSocket socket, Function<Message, List<byte[]>> answers) {
    server = socket;
    serving =
        new Thread(
            () -> {
              DatagramPacket packet = new DatagramPacket(new byte[512], 512);
              try {
                while (true) {
                  packet.setLength(512);
                  socket.receive(packet);
                  questions.incrementAndGet();
                  Message question =
                      new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                  for (byte[] answer : answers.apply(question)) {
                    socket.send(
                        new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                  }
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    serving.setDaemon(true);
    serving.start();
    return socket.getLocalPort();
  }

  private static Message answer(Message question, int rcode, String... addresses) {
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(rcode);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    try {
      for (String address : addresses) {
        answer.addRecord(
            new ARecord(
                question.getQuestion().getName(), DClass.IN, 60, InetAddress.getByName(address)),
            Section.ANSWER);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    return answer;
  }

  private static Reading ask(int port, String expect) throws Exception {
    return ask(port, expect, Duration.ofSeconds(15));
  }

  private static Reading ask(int port, String expect, Duration timeout) throws Exception {
    DnsTarget target = new DnsTarget("127.0.0.1", port, "shop.example", "A", expect);
    try (Collector collector = Paths.collector(Paths.patient(target, timeout, 100))) {
      return collector.collect();
    }
  }

  @Test
  void anAnswerIsUp() throws Exception {
    int port = serve(q -> List.of(answer(q, Rcode.NOERROR, "192.0.2.1").toWire()));
    Probe.Builder probe = Paths.probe(ask(port, null));

    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getLatencyUs()).isPositive();
    assertThat(probe.getAttempts()).isEqualTo(1);
    assertThat(Paths.probe(ask(port, "192.0.2.1")).getHealth()).isEqualTo(Health.UP);
  }

  @Test
  void anotherAnswerThanExpectedIsDown() throws Exception {
    int port = serve(q -> List.of(answer(q, Rcode.NOERROR, "192.0.2.1").toWire()));
    Probe.Builder probe = Paths.probe(ask(port, "192.0.2.2"));
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).endsWith("answered for shop.example A, but not 192.0.2.2");
    assertThat(probe.getLatencyUs()).isPositive();
  }

  @Test
  void aRefusalAndAnEmptyAnswerAreDownAndNamed() throws Exception {
    int[] rcode = {Rcode.SERVFAIL};
    int port = serve(q -> List.of(answer(q, rcode[0]).toWire()));
    assertThat(Paths.probe(ask(port, null)).getEvidence())
        .endsWith("answered SERVFAIL for shop.example A");
    rcode[0] = Rcode.NXDOMAIN;
    assertThat(Paths.probe(ask(port, null)).getEvidence()).contains("NXDOMAIN");
    rcode[0] = Rcode.NOERROR;
    Probe.Builder empty = Paths.probe(ask(port, null));
    assertThat(empty.getHealth()).isEqualTo(Health.DOWN);
    assertThat(empty.getEvidence()).endsWith("knows no shop.example A");
  }

  @Test
  void aLostQuestionIsAskedAgain() throws Exception {
    int port =
        serve(
            q ->
                questions.get() == 1
                    ? List.of()
                    : List.of(answer(q, Rcode.NOERROR, "192.0.2.1").toWire()));
    // Half of it is for the answer that is lost.
    Probe.Builder probe = Paths.probe(ask(port, null, Duration.ofSeconds(8)));
    assertThat(probe.getHealth()).isEqualTo(Health.UP);
    assertThat(probe.getAttempts()).isEqualTo(2);
  }

  @Test
  void silenceIsDown() throws Exception {
    int port = serve(q -> List.of());
    // Short, but a busy machine must not miss the time for the second question.
    Probe.Builder probe = Paths.probe(ask(port, null, Duration.ofSeconds(4)));
    assertThat(probe.getHealth()).isEqualTo(Health.DOWN);
    assertThat(probe.getEvidence()).contains("no answer from 127.0.0.1:" + port);
    await().untilAsserted(() -> assertThat(questions).hasValue(2));
    assertThat(probe.getLatencyUs()).isNull();
  }

  @Test
  void garbageAndForgeriesBeforeTheAnswerAreToldOfAndDoNoHarm() throws Exception {
    int port =
        serve(
            q -> {
              Message forged = answer(q, Rcode.NOERROR, "203.0.113.1");
              forged.getHeader().setID((q.getHeader().getID() + 1) & 0xffff);
              byte[] cut = Arrays.copyOf(answer(q, Rcode.NOERROR, "203.0.113.1").toWire(), 40);
              return List.of(
                  new byte[] {1},
                  forged.toWire(),
                  q.toWire(),
                  cut,
                  answer(q, Rcode.NOERROR, "192.0.2.1").toWire());
            });
    Reading reading = ask(port, "192.0.2.1");
    assertThat(Paths.probe(reading).getHealth()).isEqualTo(Health.UP);
    assertThat(reading.problems())
        .extracting(Problem::reason)
        .containsExactly(Problem.Reason.MALFORMED);
  }

  @Test
  void anAnswerTooLongForADatagramIsAskedForOverTcp() throws Exception {
    ServerSocket listening = freeForBoth();
    int port =
        serve(
            new DatagramSocket(listening.getLocalPort(), InetAddress.getLoopbackAddress()),
            q -> {
              Message truncated = answer(q, Rcode.NOERROR);
              truncated.getHeader().setFlag(Flags.TC);
              return List.of(truncated.toWire());
            });
    try (Loopback tcp =
        new Loopback(
            listening,
            socket -> {
              DataInputStream in = new DataInputStream(socket.getInputStream());
              byte[] wire = new byte[in.readUnsignedShort()];
              in.readFully(wire);
              byte[] answer = answer(new Message(wire), Rcode.NOERROR, "192.0.2.7").toWire();
              DataOutputStream out = new DataOutputStream(socket.getOutputStream());
              out.writeShort(answer.length);
              out.write(answer);
            })) {
      assertThat(tcp.port()).isEqualTo(port);
      assertThat(Paths.probe(ask(port, "192.0.2.7")).getHealth()).isEqualTo(Health.UP);
    }
  }

  /** Listens at a TCP port whose number is free for UDP as well. */
  private static ServerSocket freeForBoth() throws IOException {
    while (true) {
      ServerSocket tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      try (DatagramSocket udp =
          new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
        if (udp.isBound()) {
          return tcp;
        }
      } catch (BindException taken) {
        tcp.close();
      }
    }
  }

  @Test
  void aNameServerThatIsNotThereIsDown() throws Exception {
    int port = serve(q -> List.of());
    stop();
    assertThat(Paths.probe(ask(port, null)).getEvidence())
        .isEqualTo("nobody listens at 127.0.0.1:" + port + ": port unreachable");
  }
}
