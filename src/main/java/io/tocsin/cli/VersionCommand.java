package io.tocsin.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this is made of. */
@Command(
    name = "version",
    description = "Versions of Tocsin, its engines and the Java it runs on.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  tocsin version --json"})
final class VersionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    Map<String, String> versions = new LinkedHashMap<>();
    List.of("tocsin", "kafka", "flink", "questdb", "registry", "avro")
        .forEach(name -> versions.put(name, Version.of(name)));
    versions.put("java", Runtime.version().toString());
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      out.println(Json.text(versions));
    } else {
      versions.forEach((name, version) -> out.printf("%-10s%s%n", name, version));
    }
    return 0;
  }
}
