package io.tocsin.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * A flight recording that a part makes when told to: {@code profile} begins it, {@code dump FILE}
 * ends it.
 */
final class Flight {

  private static final String BEGIN = "profile";
  private static final String END = "dump ";

  private Recording recording;

  /** Does what the command says; false if it is none of these. */
  boolean obeys(String command, Boss boss) throws IOException, ParseException {
    if (command.equals(BEGIN)) {
      recording = new Recording(Configuration.getConfiguration(BEGIN));
      recording.start();
      return true;
    }
    if (command.startsWith(END)) {
      recording.dump(Path.of(command.substring(END.length())));
      recording.close();
      boss.say("dumped", command);
      return true;
    }
    return false;
  }
}
