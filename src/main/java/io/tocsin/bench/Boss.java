package io.tocsin.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The other end of {@link PartProcess}: how a part talks with the process that started it. */
public final class Boss {

  private final BufferedReader commands;
  private final PrintStream out;

  /** Talks over these, usually the standard streams. */
  public Boss(InputStream in, PrintStream out) {
    this.commands = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  void say(String word, Object what) {
    out.println(word + " " + what);
    out.flush();
  }

  /** The next command; empty when there will be none, which means that it is time to end. */
  Optional<String> command() {
    try {
      return Optional.ofNullable(commands.readLine());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
