package io.tocsin.alerting.healing.execute.haproxy;

import io.tocsin.alerting.healing.execute.ActionOutcome;
import io.tocsin.alerting.healing.execute.Stopwatch;
import io.tocsin.alerting.healing.execute.haproxy.HaproxySpec.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts servers back to how they were, each only if it still is as we have set it. */
final class SetBack {

  private final HaproxySpec spec;
  private final Backend backend;
  private final Stopwatch watch;
  private final List<String> done = new ArrayList<>();
  private boolean leftSomething;

  SetBack(HaproxySpec spec, Backend backend, Stopwatch watch) {
    this.spec = spec;
    this.backend = backend;
    this.watch = watch;
  }

  /**
   * Does it.
   *
   * @param facts what was seen before the action
   */
  ActionOutcome run(ServerName name, Map<String, String> facts) throws InterruptedException {
    if (!facts.containsKey("state") || spec.to() != null && !facts.containsKey("to.state")) {
      return watch.failed(name + ": how it was before is not known, so it stays as it is");
    }
    try {
      if (spec.operation() == Operation.WEIGHT) {
        weight(name, spec.weight(), Integer.parseInt(facts.get("weight")));
      } else {
        // For a switch this one first: the other may be put away only when it is back.
        String ours = spec.operation() == Operation.SWITCH ? "drain" : spec.operation().word();
        state(name, ours, facts.get("state"));
      }
      if (spec.to() != null) {
        ServerName to = ServerName.of(spec.to());
        state(to, "ready", facts.get("to.state"));
        if (spec.weight() != null) {
          weight(to, spec.weight(), Integer.parseInt(facts.get("to.weight")));
        }
      }
    } catch (IOException cannot) {
      return watch.failed(name + " was not set back: " + cannot.getMessage());
    }
    String words = String.join("; ", done);
    return leftSomething ? watch.failed(words) : watch.succeeded(words);
  }

  private void state(ServerName name, String ours, String before)
      throws IOException, InterruptedException {
    List<Server> servers = backend.servers();
    Server now = Backend.find(servers, name);
    if (now.state().equals(before)) {
      done.add(name + " is as it was: " + before);
    } else if (!now.state().equals(ours)) {
      leave(now.words() + ": changed by somebody else meanwhile, so left as it is");
    } else if (!before.equals("ready") && Backend.usableBeside(servers, name) == 0) {
      leave(now.words() + " and stays so: no other server gets traffic");
    } else {
      done.add("set back: " + backend.setState(name, before).words());
    }
  }

  private void weight(ServerName name, int ours, int before)
      throws IOException, InterruptedException {
    List<Server> servers = backend.servers();
    Server now = Backend.find(servers, name);
    if (now.weight() == before) {
      done.add(name + " has its weight of before: " + before);
    } else if (now.weight() != ours) {
      leave(now.words() + ": weight changed by somebody else meanwhile, so left as it is");
    } else if (before == 0 && Backend.usableBeside(servers, name) == 0) {
      leave(now.words() + " and stays so: no other server gets traffic");
    } else {
      done.add("set back: " + backend.setWeight(name, before).words());
    }
  }

  private void leave(String why) {
    leftSomething = true;
    done.add(why);
  }
}
