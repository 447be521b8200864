package io.tocsin.alerting.notify.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alerting.notify.channel.Escaping;
import io.tocsin.alerting.notify.config.ChannelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplatesTest {

  @Test
  void anUnknownVariableIsNamedWithItsLine() {
    assertThat(
            problems(
                "{{priority}} {{sumary}}", "a\n{{#evidence}}\n{{.}} {{pirority}}{{/evidence}}"))
        .containsExactly(
            "title: line 1: there is no variable 'sumary'; did you mean summary?",
            "body: line 3: there is no variable 'pirority'; did you mean priority?");
  }

  @Test
  void wrongSyntaxIsNamedWithItsLine() {
    List<String> problems = problems("{{summary", "a\n{{#evidence}}");

    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).isEqualTo("title: line 1: '{{summary' does not end");
    assertThat(problems.get(1)).startsWith("body: ").contains("evidence");
  }

  @Test
  void templatesIncludeNoOthersAndLookIntoNothingElse() {
    assertThat(problems("{{>/etc/passwd}}", "{{summary.class}} {{label.team.x}}"))
        .containsExactly(
            "title: {{>/etc/passwd}}: templates include no others",
            "body: line 1: there is no variable 'label.team.x'",
            "body: line 1: there is no variable 'summary.class'");
  }

  @Test
  void everyVariableCanBeNamed() {
    StringBuilder all = new StringBuilder("{{label.team}}{{#labels}}{{name}}={{value}}{{/labels}}");
    Templates.variables().keySet().forEach(name -> all.append("{{").append(name).append("}}"));

    assertThat(problems(all.toString(), Templates.usual("body", "slack"))).isEmpty();
    assertThat(problems(null, null)).isEmpty();
  }

  private static List<String> problems(String title, String body) {
    return Templates.problems(
        new ChannelConfig(
            "ops", new StandInSpec("log", Escaping.NONE), null, null, null, title, body, null));
  }
}
