package io.tocsin.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.authorizer.StandardAcl;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.slf4j.LoggerFactory;

/** What rules for each of many agents cost a broker with every request; a program, not a test. */
final class AclCost {

  private static final int CHECKS = 200;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private AclCost() {}

  /** Somebody who asks. */
  private record Asking(KafkaPrincipal principal) implements AuthorizableRequestContext {
    @Override
    public String listenerName() {
      return "ACCOUNTS";
    }

    @Override
    public SecurityProtocol securityProtocol() {
      return SecurityProtocol.SASL_SSL;
    }

    @Override
    public InetAddress clientAddress() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public int requestType() {
      return 0;
    }

    @Override
    public int requestVersion() {
      return 0;
    }

    @Override
    public String clientId() {
      return "cost";
    }

    @Override
    public int correlationId() {
      return 0;
    }
  }

  /** Prints a line for each number of agents. */
  public static void main(String[] arguments) throws Exception {
    // As brokers have it: a line for each that is allowed would cost more than the looking.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    for (int agents : new int[] {100, 1_000, 10_000, 100_000}) {
      measure(agents, false);
    }
    measure(100_000, true);
  }

  private static void measure(int agents, boolean anyAgent) throws Exception {
    List<String> ids =
        anyAgent ? List.of() : IntStream.range(0, agents).mapToObj(i -> "w" + i).toList();
    Grants grants = Grants.of(Principals.usual(), ids, List.of(), anyAgent);
    long before = used();
    try (Metrics metrics = new Metrics();
        StandardAuthorizer authorizer = new StandardAuthorizer()) {
      authorizer.configure(Map.of());
      authorizer.withPluginMetrics(new PluginMetricsImpl(metrics, new LinkedHashMap<>()));
      Map<Uuid, StandardAcl> acls = new HashMap<>();
      for (AclBinding binding : grants.bindings()) {
        acls.put(Uuid.randomUuid(), StandardAcl.fromAclBinding(binding));
      }
      authorizer.loadSnapshot(acls);
      authorizer.completeInitialLoad();
      long bytes = used() - before;
      Action write =
          new Action(
              AclOperation.WRITE,
              new ResourcePattern(ResourceType.TOPIC, "tocsin.samples", PatternType.LITERAL),
              1,
              true,
              true);
      long began = 0;
      for (int i = -CHECKS; i < CHECKS; i++) {
        if (i == 0) {
          began = CPU.getCurrentThreadCpuTime();
        }
        Asking asking =
            new Asking(new KafkaPrincipal("User", "agent.w" + Math.floorMod(i * 7919, agents)));
        if (authorizer.authorize(asking, List.of(write)).get(0) != AuthorizationResult.ALLOWED) {
          throw new IllegalStateException(asking + " was denied");
        }
      }
      System.out.printf(
          "%,d agents%s: %,d rules, %,d MB, %,.1f us of processor a check%n",
          agents,
          anyAgent ? " with --any-agent" : "",
          acls.size(),
          bytes >> 20,
          (CPU.getCurrentThreadCpuTime() - began) / 1e3 / CHECKS);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
