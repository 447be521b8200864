package io.tocsin.config;

import io.tocsin.schemas.tls.ClientTls;
import io.tocsin.schemas.tls.ServerTls;
import java.io.IOException;
import java.util.List;

/**
 * Tries the certificates and keys that a configuration names, so that all faults are told early.
 */
final class TlsRules {

  private final ConfigTree tree;
  private final List<ConfigProblem> problems;

  TlsRules(ConfigTree tree, List<ConfigProblem> problems) {
    this.tree = tree;
    this.problems = problems;
  }

  private interface Use {
    Object context() throws IOException;
  }

  void check(Config config) {
    ServerTls server = config.server().tls();
    if (server != null) {
      attempt("/server/tls", server::context);
    }
    ServerTls streams = config.streams().http().tls();
    if (streams != null) {
      attempt("/streams/http/tls", streams::context);
      if (streams.clientCa() == null) {
        add(
            "/streams/http/tls",
            "has no client-ca, by which instances know each other; write the PEM file of the"
                + " authority that made their certificates");
      }
    }
    ClientTls flink = config.alerting().flinkTls();
    if (flink != null) {
      attempt("/alerting/flink-tls", flink::context);
      if (config.alerting().flink() == null
          || !"https".equalsIgnoreCase(config.alerting().flink().getScheme())) {
        add("/alerting/flink-tls", "is of no use where flink is no https address");
      }
    }
    HistorySection history = config.history();
    if (history.influxdb() != null && history.influxdb().ca() != null) {
      attempt("/history/influxdb/ca", ClientTls.believing(history.influxdb().ca())::trust);
    }
    if (history.questdb() != null && history.questdb().ca() != null) {
      attempt("/history/questdb/ca", ClientTls.believing(history.questdb().ca())::trust);
    }
  }

  private void attempt(String pointer, Use use) {
    try {
      use.context();
    } catch (IOException unusable) {
      add(pointer, unusable.getMessage());
    }
  }

  private void add(String pointer, String message) {
    problems.add(tree.problem(pointer, message));
  }
}
