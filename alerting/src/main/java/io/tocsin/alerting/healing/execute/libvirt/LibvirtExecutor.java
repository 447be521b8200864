package io.tocsin.alerting.healing.execute.libvirt;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.BoundedCalls;
import io.tocsin.alerting.healing.execute.Order;
import io.tocsin.alerting.healing.execute.PlainText;
import io.tocsin.alerting.healing.execute.PlansDone;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.TargetState;
import io.tocsin.alerting.healing.execute.libvirt.LibvirtSpec.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks libvirt to do something with a domain, each time over a connection and on a thread of its
 * own: a native call cannot be interrupted, and one that hangs is left to itself.
 */
final class LibvirtExecutor implements ActionExecutor {

  /** Each of the two questions of a look. */
  private static final Duration QUESTION_LIMIT = Duration.ofSeconds(1);

  private static final int LONGEST_WORDS = 300;
  private static final long KIB_IN_MIB = 1024;
  private static final long BYTES_IN_KIB = 1024;
  private static final String VCPUS = "vcpus";
  private static final String MEMORY = "memory-kib";
  private static final String AFFECTS = "affects";

  private final LibvirtSpec spec;
  private final BoundedCalls calls = new BoundedCalls("tocsin-heal-libvirt");
  private final PlansDone plans = new PlansDone();

  LibvirtExecutor(LibvirtSpec spec) {
    this.spec = spec;
  }

  /** What is done with a domain. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Domain domain) throws LibvirtException;
  }

  @Override
  public TargetState look(Order order) throws InterruptedException {
    String name = order.object();
    DomainCondition condition;
    try {
      spec.checkObject(name);
      condition = within(QUESTION_LIMIT, name, Domain::condition);
    } catch (LibvirtException | IllegalArgumentException unseen) {
      return TargetState.of(PlainText.head("not seen: " + unseen.getMessage(), LONGEST_WORDS));
    }
    String words = name + " is " + condition.words();
    try {
      // Its QEMU may be asked for this and hang, which does not hide the state.
      return within(QUESTION_LIMIT, name, domain -> inFull(domain, condition, words));
    } catch (LibvirtException unseen) {
      return new TargetState(
          PlainText.head(words + "; its size is not seen: " + unseen.getMessage(), LONGEST_WORDS),
          Map.of(),
          condition.owner());
    }
  }

  private static TargetState inFull(Domain domain, DomainCondition condition, String words)
      throws LibvirtException {
    int affects = affects(condition);
    int vcpus = domain.vcpus(affects);
    long memory = domain.memory().now();
    return new TargetState(
        "%s, %d virtual CPUs, %d MiB".formatted(words, vcpus, memory / KIB_IN_MIB),
        Map.of(
            VCPUS,
            Integer.toString(vcpus),
            MEMORY,
            Long.toString(memory),
            AFFECTS,
            Integer.toString(affects)),
        condition.withJob(domain.hasJob()).owner());
  }

  /**
   * What runs is changed as it runs and is as it was after its next start; what does not, lasts.
   */
  private static int affects(DomainCondition condition) {
    return condition.isShutOff() ? LibvirtLibrary.CONFIG : LibvirtLibrary.LIVE;
  }

  @Override
  public ActionOutcome execute(Order order) throws InterruptedException {
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
      return watch.succeeded(within(order.timeout(), order.object(), domain -> act(domain, order)));
    } catch (LibvirtException | IllegalArgumentException failed) {
      return watch.failed(failed.getMessage());
    }
  }

  private String act(Domain domain, Order order) throws LibvirtException {
    String name = order.object();
    DomainCondition condition = domain.condition();
    switch (spec.operation()) {
      case START -> {
        if (condition.isRunning()) {
          return name + " was running already";
        }
        domain.start();
      }
      case REBOOT -> {
        needRunning(name, condition);
        domain.reboot();
        return name + " was asked to reboot; whether its system does, its health will show";
      }
      case RESET -> {
        needRunning(name, condition);
        domain.reset();
      }
      case VCPUS -> {
        return addVcpus(domain, order, affects(condition));
      }
      case MEMORY -> {
        return addMemory(domain, order, affects(condition));
      }
      case MIGRATE -> {
        needRunning(name, condition);
        domain.migrate(spec.migrateTo());
        return name + " was migrated to " + spec.migrateTo();
      }
    }
    return spec.title() + ": " + name + " is " + domain.condition().words();
  }

  private static void needRunning(String name, DomainCondition condition) throws LibvirtException {
    if (!condition.isRunning()) {
      throw new LibvirtException(
          0, name + " is " + condition.words() + ", and that is for what is running");
    }
  }

  private String addVcpus(Domain domain, Order order, int affects) throws LibvirtException {
    int now = domain.vcpus(affects);
    int more = spec.vcpus().after(now, domain.vcpus(affects | LibvirtLibrary.MAXIMUM));
    needMore(order, now, more, "virtual CPUs");
    domain.setVcpus(more, affects);
    return "%s has %d virtual CPUs, had %d".formatted(order.object(), domain.vcpus(affects), now);
  }

  private String addMemory(Domain domain, Order order, int affects) throws LibvirtException {
    Domain.Memory memory = domain.memory();
    long more =
        Math.min(spec.memory().after(memory.now() * BYTES_IN_KIB) / BYTES_IN_KIB, memory.most());
    needMore(order, memory.now(), more, "KiB of memory");
    domain.setMemory(more, affects);
    return "%s was given %d MiB and uses %d MiB now, had %d MiB"
        .formatted(
            order.object(),
            more / KIB_IN_MIB,
            domain.memory().now() / KIB_IN_MIB,
            memory.now() / KIB_IN_MIB);
  }

  private void needMore(Order order, long now, long more, String what) throws LibvirtException {
    if (more <= now) {
      throw new LibvirtException(
          0, "%s has as many %s as it may or can have: %d".formatted(order.object(), what, now));
    }
    if (!plans.begin(order.planId())) {
      throw new LibvirtException(0, "it was done for this plan already");
    }
  }

  @Override
  public Optional<ActionOutcome> compensate(Order order, TargetState before)
      throws InterruptedException {
    if (spec.operation() != Operation.VCPUS && spec.operation() != Operation.MEMORY) {
      return Optional.empty();
    }
    Stopwatch watch = Stopwatch.start();
    try {
      spec.checkObject(order.object());
      String old = before.facts().get(spec.operation() == Operation.VCPUS ? VCPUS : MEMORY);
      String affected = before.facts().get(AFFECTS);
      if (old == null || affected == null) {
        return Optional.of(watch.failed("its size was not seen before, so it stays as it is"));
      }
      return Optional.of(
          watch.succeeded(
              within(
                  order.timeout(),
                  order.object(),
                  domain -> putBack(domain, Long.parseLong(old), Integer.parseInt(affected)))));
    } catch (LibvirtException | IllegalArgumentException failed) {
      return Optional.of(watch.failed(failed.getMessage()));
    }
  }

  private String putBack(Domain domain, long old, int affected) throws LibvirtException {
    DomainCondition condition = domain.condition();
    if (affects(condition) != affected) {
      return "it is " + condition.words() + " now, and what was changed is not in force any more";
    }
    if (spec.operation() == Operation.VCPUS) {
      domain.setVcpus((int) old, affected);
      return "it has %d virtual CPUs again".formatted(domain.vcpus(affected));
    }
    domain.setMemory(old, affected);
    return "it was given %d MiB again and uses %d MiB now"
        .formatted(old / KIB_IN_MIB, domain.memory().now() / KIB_IN_MIB);
  }

  private <T> T within(Duration limit, String name, Work<T> work)
      throws LibvirtException, InterruptedException {
    try {
      return calls.call(
          () -> {
            try (Domain domain = Domain.open(spec.uri(), name)) {
              return work.with(domain);
            }
          },
          limit);
    } catch (TimeoutException late) {
      throw new LibvirtException(
          0,
          "no answer about %s from libvirt at %s within %d ms; it may do it yet"
              .formatted(name, spec.uri(), limit.toMillis()));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof LibvirtException named
          ? named
          : new LibvirtException(0, "libvirt could not be asked: " + failed.getCause());
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
