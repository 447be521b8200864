package io.tocsin.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine of its own as far as the network goes: a namespace with one interface, whose cable can
 * be pulled. Processes in it share the disk with all the others.
 *
 * @param name what it is for
 * @param space the namespace
 * @param link the end of its cable at the switch
 * @param address its one IP address
 */
record Host(String name, String space, String link, String address) {

  /**
   * A command as it is run there. The process is the command's own, so that signals reach it, and a
   * hangup too where the build is under nohup, which hands on that it is ignored.
   */
  List<String> command(List<String> command) {
    List<String> there =
        new ArrayList<>(List.of("ip", "netns", "exec", space, "env", "--default-signal=HUP"));
    there.addAll(command);
    return there;
  }

  /** Pulls the cable: nothing arrives any more and nothing is refused; connections just hang. */
  void cut() throws IOException, InterruptedException {
    Shell.run("ip", "link", "set", link, "down");
  }

  /** Puts it back. */
  void mend() throws IOException, InterruptedException {
    Shell.run("ip", "link", "set", link, "up");
  }
}
