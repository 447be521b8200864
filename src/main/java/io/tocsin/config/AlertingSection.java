package io.tocsin.config;

import io.tocsin.schemas.tls.ClientTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where alerting's rules come from, beside those written in the file itself, and how {@code tocsin
 * alerting} runs the job.
 *
 * @param builtInRules whether the rules that come with the program hold; null for only where the
 *     file has no {@code rules}
 * @param ruleFiles files of rules, or directories whose {@code *.yaml} are
 * @param parallelism tasks per operator
 * @param flink REST address of a Flink cluster that {@code tocsin alerting} submits the job to;
 *     null to run it in this process
 * @param flinkTls how that API is known, and what is shown to it; null for http, or for authorities
 *     that Java knows
 */
public record AlertingSection(
    Boolean builtInRules,
    List<Path> ruleFiles,
    Integer parallelism,
    URI flink,
    ClientTls flinkTls) {

  static final AlertingSection DEFAULT = new AlertingSection(null, null, null, null, null);

  public AlertingSection {
    ruleFiles = ruleFiles == null ? List.of() : List.copyOf(ruleFiles);
    parallelism = parallelism == null ? 1 : parallelism;
  }
}
