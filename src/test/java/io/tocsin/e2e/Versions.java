package io.tocsin.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import javassist.CannotCompileException;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.CtField;
import javassist.NotFoundException;

/**
 * Versions of the program as directories: this one under another number, and some that were broken
 * on purpose, by changing the code of a class before it is loaded.
 */
final class Versions {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final String STREAMS = "io.tocsin.streams.topology.";

  private final Path directory;

  Versions(Path directory) {
    this.directory = directory;
  }

  /** One that works. */
  void good(String version) throws IOException {
    launcher(version, "exec");
    Path build = directory.resolve(version).resolve("classes/io/tocsin/delivery");
    Files.createDirectories(build);
    Files.writeString(build.resolve("build.properties"), "tocsin=" + version + "\ncommit=\n");
  }

  /** One whose process ends at once. */
  void endsAtOnce(String version) throws IOException {
    good(version);
    launcher(version, "exit 1 #");
  }

  /** One that answers, and never says that it is ready. */
  void neverReady(String version) throws IOException, NotFoundException, CannotCompileException {
    good(version);
    CtClass runner = type("StreamsRunner");
    runner.getDeclaredMethod("isRunning").setBody("return false;");
    write(version, runner);
  }

  /** One that does well for so many samples, and can use none after these. */
  void makesDeadLetters(String version, int after)
      throws IOException, NotFoundException, CannotCompileException {
    after(version, after, "throw new IllegalStateException(\"a mistake of the new version\");");
  }

  /** One that does well for so many samples, and then stands still. */
  void stopsReading(String version, int after)
      throws IOException, NotFoundException, CannotCompileException {
    after(version, after, "Thread.sleep(3600000L);");
  }

  private void after(String version, int samples, String deed)
      throws IOException, NotFoundException, CannotCompileException {
    good(version);
    CtClass processor = type("EfficiencyProcessor");
    processor.addField(CtField.make("private static volatile int taken;", processor));
    processor
        .getDeclaredMethod("process")
        .insertBefore("if (++taken > %d) { %s }".formatted(samples, deed));
    write(version, processor);
  }

  private static CtClass type(String name) throws NotFoundException {
    ClassPool pool = new ClassPool(true);
    return pool.get(STREAMS + name);
  }

  private void write(String version, CtClass changed) throws IOException, CannotCompileException {
    changed.writeFile(directory.resolve(version).resolve("classes").toString());
  }

  private void launcher(String version, String exec) throws IOException {
    Path home = Files.createDirectories(directory.resolve(version));
    Path launcher =
        Files.writeString(
            home.resolve("tocsin"),
            """
            #!/bin/sh
            here=$(dirname "$(readlink -f "$0")")
            %s %s @%s/main/streams.options -Xms64m -Xmx192m \\
              -cp "$here/classes:%s/target/classes:%s/target/lib/*" io.tocsin.cli.Main "$@"
            """
                .formatted(
                    exec,
                    ProcessHandle.current().info().command().orElseThrow(),
                    MODULE,
                    MODULE,
                    MODULE));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
