package io.tocsin.cli;

import io.tocsin.config.Config;
import io.tocsin.schemas.topic.Cluster;
import io.tocsin.security.BrokerAcls;
import io.tocsin.security.Grants;
import io.tocsin.security.KafkaAclsLines;
import io.tocsin.security.Principals;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who may do what on Kafka: shown, compared, granted. */
@Command(
    name = "acls",
    description = {
      "Who may do what on Kafka: a principal for each stage and each agent, and the least that each",
      "needs. Shows it, compares a cluster with it, or brings the cluster in line. A stage whose",
      "rules are missing says so when it starts."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, granted, or no difference",
      "1:--check found a difference",
      "2:a name is no good",
      "3:the configuration cannot be used",
      "8:the broker does not answer, or refuses"
    },
    footer = {
      "",
      "Examples:",
      "  tocsin acls --agent web-1                                  what each may do",
      "  tocsin acls --kafka-acls > acls.sh                         for kafka-acls.sh",
      "  tocsin acls --config admin.yaml --agents fleet.txt --apply grants what is missing",
      "  tocsin acls --config admin.yaml --agents fleet.txt --check",
      "  tocsin acls --config admin.yaml --former web-3 --apply --prune"
    })
final class AclsCommand implements Callable<Integer> {

  private static final int DIFFERENT = 1;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption options;
  @Mixin private PrincipalOptions names;

  @Option(
      names = "--any-agent",
      description = {
        "Let everybody who has an account or a certificate tell what agents tell, in place of a rule",
        "for each agent: for fleets of more than some thousand. Who tells it is for the seal to say."
      })
  private boolean anyAgent;

  @Option(
      names = "--former",
      paramLabel = "ID",
      description = "An agent that is no more: with --prune its rules go. May be repeated.")
  private List<String> former = new ArrayList<>();

  @Option(
      names = "--prune",
      description = {
        "With --apply: also take away what principals named here may do beyond this. Rules of others",
        "are never touched."
      })
  private boolean prune;

  @ArgGroup private What what = new What();

  /** One of these, or the table. */
  private static final class What {
    @Option(names = "--json", description = "Print JSON for scripts.")
    private boolean json;

    @Option(names = "--kafka-acls", description = "Print lines for Kafka's kafka-acls.sh.")
    private boolean lines;

    @Option(names = "--apply", description = "Grant what is missing at the configured cluster.")
    private boolean apply;

    @Option(names = "--check", description = "Compare the configured cluster, and change nothing.")
    private boolean check;
  }

  @Override
  public Integer call() throws CommandFailure, InterruptedException {
    if (prune && !what.apply) {
      throw PrincipalOptions.usage(
          "--prune belongs to --apply; --check shows what it would do", null);
    }
    Principals principals = names.principals();
    Config config = options.load();
    Cluster cluster = ClusterAddress.of(config);
    PrintWriter out = spec.commandLine().getOut();
    Grants grants = grants(principals);
    if (what.apply || what.check) {
      return compare(cluster, grants, new AclPrinting(out));
    }
    if (what.lines) {
      KafkaAclsLines.of(grants, cluster.bootstrapServers()).forEach(out::println);
    } else if (what.json) {
      out.println(Json.text(AclPrinting.tree(grants)));
    } else {
      new AclPrinting(out).table(grants);
    }
    return 0;
  }

  private Grants grants(Principals principals) throws CommandFailure {
    try {
      return Grants.of(principals, names.agents(), former, anyAgent);
    } catch (IllegalArgumentException bad) {
      throw PrincipalOptions.usage(bad.getMessage(), bad);
    }
  }

  private int compare(Cluster cluster, Grants grants, AclPrinting printing)
      throws CommandFailure, InterruptedException {
    ClusterAddress.reach(cluster);
    try (BrokerAcls acls = new BrokerAcls(cluster)) {
      Grants.Difference difference = grants.from(acls.of(grants.principals()));
      if (what.check) {
        printing.difference(difference, "missing", "not needed");
        return difference.isNone() ? 0 : DIFFERENT;
      }
      acls.add(difference.missing());
      if (prune) {
        acls.remove(difference.surplus());
      }
      printing.difference(difference, "granted", prune ? "taken away" : "not needed, left");
      return 0;
    } catch (KafkaException refused) {
      throw new CommandFailure(CommandFailure.REFUSED, refused.getMessage(), refused);
    }
  }
}
