package io.tocsin.collectors.vm;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Domains in memory that can hang, one by one or all together, as libvirt's do: the first full call
 * that comes to one that hangs is held up there and keeps its job; a later one passes it by.
 */
final class FakeHypervisor implements Hypervisor {

  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger fullCalls = new AtomicInteger();
  final AtomicInteger lightCalls = new AtomicInteger();
  final AtomicInteger detailCalls = new AtomicInteger();
  final List<String> periodsSet = new ArrayList<>();
  final Map<String, DomainDetails> details = new ConcurrentHashMap<>();
  private final Map<String, DomainStats> domains = new LinkedHashMap<>();
  private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch daemon = new CountDownLatch(0);
  private volatile boolean broken;
  private volatile boolean absent;

  static DomainDetails details(boolean autostart, int statsPeriod) {
    return new DomainDetails(
        new DomainXml("hvm", "pc", 1, false, true, statsPeriod), autostart, List.of());
  }

  static Map<String, Object> running(long cpuMillis) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("state.state", 1L);
    fields.put("state.reason", 1L);
    fields.put("cpu.time", cpuMillis * 1_000_000);
    fields.put("vcpu.current", 1L);
    fields.put("vcpu.maximum", 1L);
    fields.put("vcpu.0.time", cpuMillis * 1_000_000);
    fields.put("balloon.current", 65_536L);
    fields.put("balloon.maximum", 65_536L);
    fields.put("balloon.usable", 32_768L);
    fields.put("balloon.rss", 43_260L);
    return fields;
  }

  static Map<String, Object> inState(long state, long reason) {
    return new HashMap<>(Map.of("state.state", state, "state.reason", reason));
  }

  synchronized void put(String name, int id, Map<String, Object> fields) {
    domains.put(name, new DomainStats("uuid-" + name, name, id, fields));
    details.putIfAbsent("uuid-" + name, details(false, 5));
  }

  synchronized void remove(String name) {
    domains.remove(name);
  }

  private synchronized List<DomainStats> all() {
    return List.copyOf(domains.values());
  }

  void hang(String name) {
    hanging.put(name, new CountDownLatch(1));
  }

  void wake(String name) {
    hanging.remove(name).countDown();
  }

  /** The daemon itself stops answering. */
  void hangAll() {
    daemon = new CountDownLatch(1);
  }

  void wakeAll() {
    daemon.countDown();
  }

  /** Calls that hang go on hanging; later ones do not. */
  void replaceDaemon() {
    daemon = new CountDownLatch(0);
  }

  /** Connections that exist fail from now on; new ones work if {@code available}. */
  void breakConnections(boolean available) {
    broken = true;
    absent = !available;
  }

  void comeBack() {
    absent = false;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a native call cannot be interrupted", e);
    }
  }

  @Override
  public Connection connect() throws CollectorException {
    connections.incrementAndGet();
    await(daemon);
    if (absent) {
      throw new CollectorException(Reason.MISSING, "fake:///", "nobody is there");
    }
    broken = false;
    return new FakeConnection();
  }

  private final class FakeConnection implements Connection {

    @Override
    public List<DomainStats> stats(Scope scope) throws CollectorException {
      (scope == Scope.FULL ? fullCalls : lightCalls).incrementAndGet();
      await(daemon);
      if (broken) {
        throw new CollectorException(Reason.UNREADABLE, "fake:///", "the connection is gone");
      }
      List<DomainStats> answer = new ArrayList<>();
      for (DomainStats domain : all()) {
        answer.add(scope == Scope.FULL ? full(domain) : light(domain));
      }
      return answer;
    }

    private DomainStats full(DomainStats domain) {
      CountDownLatch latch = hanging.get(domain.name());
      if (latch == null) {
        return domain;
      }
      if (held.add(domain.name())) {
        await(latch);
        held.remove(domain.name());
        return domain;
      }
      Map<String, Object> fields = new HashMap<>(domain.fields());
      fields.keySet().removeIf(field -> field.startsWith("balloon.") || field.contains(".rd."));
      return withControl(domain, fields);
    }

    private DomainStats light(DomainStats domain) {
      Map<String, Object> fields = new HashMap<>();
      fields.put("state.state", domain.fields().get("state.state"));
      fields.put("state.reason", domain.fields().get("state.reason"));
      return withControl(domain, fields);
    }

    private DomainStats withControl(DomainStats domain, Map<String, Object> fields) {
      boolean hangs = held.contains(domain.name());
      fields.put("control.state", hangs ? 2L : 0L);
      fields.put("control.time", hangs ? 60_000L : 0L);
      return new DomainStats(domain.uuid(), domain.name(), domain.id(), fields);
    }

    @Override
    public DomainDetails details(String uuid) throws CollectorException {
      detailCalls.incrementAndGet();
      DomainDetails found = details.get(uuid);
      if (found == null) {
        throw new CollectorException(Reason.MISSING, "fake:///", "no such domain");
      }
      return found;
    }

    @Override
    public void reportMemoryEvery(String uuid, int seconds) {
      periodsSet.add(uuid + " " + seconds);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
