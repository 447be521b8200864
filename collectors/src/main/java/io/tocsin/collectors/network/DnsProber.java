package io.tocsin.collectors.network;

import io.tocsin.collectors.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One question to a name server. Lost datagrams are a resolver's daily bread, so it is asked again
 * after half the timeout, as resolvers do. Messages are dnsjava's; its clients, which bring threads
 * of their own, are not used.
 */
final class DnsProber implements Prober {

  private final DnsTarget target;
  private final NetworkPath path;
  private final Names names;
  private final LongSupplier nanos;
  private final Record question;
  private final ByteBuffer in = ByteBuffer.allocate(4_096);
  private boolean foreign;

  DnsProber(DnsTarget target, NetworkPath path, LongSupplier nanos) {
    this.target = target;
    this.path = path;
    this.names = new Names(target.host(), nanos);
    this.nanos = nanos;
    try {
      Name name = Name.fromString(target.name(), Name.root);
      this.question = Record.newRecord(name, Type.value(target.type()), DClass.IN);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public Outcome probe() throws InterruptedException {
    InetSocketAddress server;
    try {
      server = server();
    } catch (UnknownHostException e) {
      return Outcome.unknown(e.getMessage());
    }
    String where = Checks.display(server.getAddress().getHostAddress(), server.getPort());
    Message query = Message.newQuery(question);
    byte[] wire = query.toWire();
    Deadline deadline = Deadline.in(path.timeout(), nanos);
    int attempts = 0;
    foreign = false;
    try (UdpLink link = UdpLink.open(server)) {
      Duration half = path.timeout().dividedBy(2);
      while (!deadline.passed()) {
        long asked = nanos.getAsLong();
        attempts++;
        link.send(ByteBuffer.wrap(wire));
        Deadline wait = attempts == 1 ? Deadline.in(half, nanos) : deadline;
        Message answer = answer(link, query, wait);
        if (answer != null && answer.getHeader().getFlag(Flags.TC)) {
          answer = overTcp(server, wire, query, deadline);
        }
        if (answer != null) {
          long took = (nanos.getAsLong() - asked) / 1_000;
          return verdict(answer, where).latency(took).attempts(attempts).problems(problems(where));
        }
      }
      throw new SocketTimeoutException("no answer");
    } catch (IOException e) {
      names.forget();
      if (target.resolver() == null) {
        ResolverConfig.refresh();
      }
      return Failures.outcome(e, where).attempts(Math.max(1, attempts)).problems(problems(where));
    }
  }

  private List<Problem> problems(String where) {
    return foreign
        ? List.of(
            new Problem(
                Problem.Reason.MALFORMED, where, "datagrams came that do not answer the question"))
        : List.of();
  }

  private InetSocketAddress server() throws UnknownHostException, InterruptedException {
    if (target.resolver() != null) {
      InetAddress address = names.resolve(Deadline.in(path.dialTimeout(), nanos)).value();
      return new InetSocketAddress(address, target.port());
    }
    List<InetSocketAddress> system = ResolverConfig.getCurrentConfig().servers();
    if (system.isEmpty() || system.get(0).isUnresolved()) {
      throw new UnknownHostException(
          "the system has no name server; set resolver, or see to /etc/resolv.conf");
    }
    return system.get(0);
  }

  private Message answer(UdpLink link, Message query, Deadline wait) throws IOException {
    while (!wait.passed()) {
      if (link.receive(in, wait.leftNanos())) {
        byte[] wire = new byte[in.remaining()];
        in.get(wire);
        Message answer = parsed(wire, query);
        if (answer != null) {
          return answer;
        }
        foreign = true;
      }
    }
    return null;
  }

  /** Null for what does not answer this question, as a forger's guess would not. */
  private static Message parsed(byte[] wire, Message query) {
    try {
      Message message = new Message(wire);
      boolean answers =
          message.getHeader().getFlag(Flags.QR)
              && message.getHeader().getID() == query.getHeader().getID()
              && query.getQuestion().equals(message.getQuestion());
      return answers ? message : null;
    } catch (IOException | RuntimeException malformed) {
      return null;
    }
  }

  private static Message overTcp(
      InetSocketAddress server, byte[] wire, Message query, Deadline deadline) throws IOException {
    try (DeadlineSocket socket = new DeadlineSocket(deadline)) {
      Dial.connect(socket, server, deadline);
      socket
          .getOutputStream()
          .write(
              ByteBuffer.allocate(wire.length + 2).putShort((short) wire.length).put(wire).array());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      Message message = parsed(answer, query);
      if (message == null) {
        throw new IOException("the answer over TCP is not one to the question");
      }
      return message;
    }
  }

  private Outcome verdict(Message answer, String where) {
    String asked = target.name() + " " + target.type();
    if (answer.getRcode() != Rcode.NOERROR) {
      return Outcome.down(
          "%s answered %s for %s".formatted(where, Rcode.string(answer.getRcode()), asked));
    }
    boolean any = false;
    for (Record record : answer.getSection(Section.ANSWER)) {
      if (record.getType() == question.getType() || question.getType() == Type.ANY) {
        any = true;
        if (target.expect() == null || target.expect().equals(record.rdataToString())) {
          return Outcome.up(where + " answered for " + asked);
        }
      }
    }
    return Outcome.down(
        any
            ? "%s answered for %s, but not %s".formatted(where, asked, target.expect())
            : "%s knows no %s".formatted(where, asked));
  }
}
