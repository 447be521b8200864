package io.tocsin.server.healing;

import io.tocsin.schemas.Command;
import io.tocsin.schemas.CommandKind;
import io.tocsin.server.http.RequestProblem;
import io.tocsin.server.incident.CommandRequest;
import io.tocsin.server.incident.Signed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a person asks of the responder, as the body of a request.
 *
 * @param id the same id is carried out once; null for a new one
 * @param by who asks; null for whom the server knows
 * @param text why; has to be there to pause and to reject
 * @param service DEPLOYED: which service has got another version
 * @param version DEPLOYED: which
 * @param key HEAL_PROMOTE: what is trusted again, {@code <rule>/<action>/<class of target>}
 */
record HealRequest(String id, String by, String text, String service, String version, String key)
    implements Signed {

  private static final int LONGEST_KEY = 400;

  @Override
  public HealRequest withBy(String name) {
    return new HealRequest(id, name, text, service, version, key);
  }

  /**
   * The command.
   *
   * @param planId null where it is about no plan
   * @throws RequestProblem with all that is wrong
   */
  Command command(CommandKind kind, String planId, Instant now) throws RequestProblem {
    List<String> problems = new ArrayList<>();
    CommandRequest.signature(id, by, text, problems);
    boolean mustSay = kind == CommandKind.HEAL_PAUSE || kind == CommandKind.HEAL_REJECT;
    if (mustSay && (text == null || text.isBlank())) {
      problems.add("text: must say why");
    }
    if (kind == CommandKind.DEPLOYED) {
      CommandRequest.name("service", service, problems);
      CommandRequest.name("version", version, problems);
    }
    if (kind == CommandKind.HEAL_PROMOTE
        && (key == null || key.isBlank() || key.length() > LONGEST_KEY)) {
      problems.add("key: must be one that tocsin heal autonomy shows");
    }
    if (!problems.isEmpty()) {
      throw new RequestProblem(problems);
    }
    return Command.newBuilder()
        .setId(id == null ? UUID.randomUUID().toString() : id)
        .setKind(kind)
        .setBy(by)
        .setAt(now)
        .setText(said(kind))
        .setPlanId(planId)
        .setService(kind == CommandKind.DEPLOYED ? service : null)
        .setAutonomy(kind == CommandKind.HEAL_PROMOTE ? key : null)
        .build();
  }

  private String said(CommandKind kind) {
    if (kind == CommandKind.DEPLOYED) {
      return version;
    }
    return text == null ? "" : text;
  }
}
