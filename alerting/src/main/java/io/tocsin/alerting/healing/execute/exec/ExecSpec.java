package io.tocsin.alerting.healing.execute.exec;

import io.tocsin.alerting.healing.execute.ActionExecutor;
import io.tocsin.alerting.healing.execute.ExecutorContext;
import io.tocsin.alerting.healing.execute.ExecutorSpec;
import io.tocsin.alerting.healing.execute.PlainText;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program that the operator has written down.
 *
 * @param argv program and arguments, handed to the kernel as they are: no shell, no substitution
 * @param workingDirectory null for the program's own
 */
public record ExecSpec(List<String> argv, Path workingDirectory) implements ExecutorSpec {

  private static final Pattern OBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /**
   * Checks what can be checked before it runs.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public ExecSpec {
    require(argv != null && !argv.isEmpty(), "argv must not be empty");
    for (String argument : argv) {
      require(argument != null, "argv has an empty entry");
      require(argument.indexOf('\0') < 0, "argv must not contain a NUL character");
    }
    argv = List.copyOf(argv);
    String program = argv.get(0);
    require(!program.isBlank(), "argv must begin with a program");
    require(
        program.indexOf('/') < 0 || program.startsWith("/"),
        "program '" + program + "' must be an absolute path, or a name that is found in PATH");
    workingDirectory = workingDirectory == null ? null : workingDirectory.toAbsolutePath();
  }

  @Override
  public String kind() {
    return "exec";
  }

  @Override
  public String title() {
    return "run " + argv.get(0);
  }

  @Override
  public boolean isDisruptive() {
    return true;
  }

  @Override
  public void checkObject(String object) {
    require(
        OBJECT.matcher(object).matches(),
        "target is called '"
            + PlainText.head(object, 100)
            + "', which must match "
            + OBJECT.pattern());
  }

  @Override
  public ActionExecutor open(ExecutorContext context) {
    return new ArgvExecutor(this, context.outputDirectory());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
