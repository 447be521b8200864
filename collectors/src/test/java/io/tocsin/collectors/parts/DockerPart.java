package io.tocsin.collectors.parts;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.tocsin.collectors.docker.DockerSocket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A real Docker daemon with one small image, made here because nothing can be pulled. */
public final class DockerPart {

  /** A static busybox: {@code /bin/sh}, {@code sleep}, {@code httpd} and the like. */
  public static final String IMAGE = "tocsin-test/busybox:1";

  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private DockerPart() {}

  /** A client of the daemon, with {@link #IMAGE} in it; skips the test where there is none. */
  public static DockerClient client() throws IOException {
    RealPart.need("Docker", missing());
    DockerClient client = DockerSocket.DEFAULT.client(Duration.ofSeconds(30));
    try {
      client.inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException notYet) {
      build(client, IMAGE);
    }
    return client;
  }

  /**
   * Makes the image. It is built and not imported, because docker-java 3.7.1 sends {@code {}} in
   * place of the archive to be imported (docker-java issue 2377).
   */
  static void build(DockerClient client, String image) throws IOException {
    client
        .buildImageCmd(new ByteArrayInputStream(buildContext()))
        .withTags(Set.of(image))
        .start()
        .awaitImageId(30, TimeUnit.SECONDS);
  }

  private static Optional<String> missing() {
    if (!DockerSocket.DEFAULT.isThere()) {
      return Optional.of("install docker.io and start dockerd");
    }
    if (!Files.isExecutable(BUSYBOX)) {
      return Optional.of("install busybox-static, which test containers are made of");
    }
    try (DockerClient client = DockerSocket.DEFAULT.client(Duration.ofSeconds(5))) {
      client.pingCmd().exec();
      return Optional.empty();
    } catch (IOException | RuntimeException deaf) {
      return Optional.of("dockerd does not answer: " + deaf);
    }
  }

  private static byte[] buildContext() throws IOException {
    byte[] recipe = "FROM scratch\nCOPY root/ /\n".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry dockerfile = new TarArchiveEntry("Dockerfile");
      dockerfile.setSize(recipe.length);
      tar.putArchiveEntry(dockerfile);
      tar.write(recipe);
      tar.closeArchiveEntry();
      for (String folder : new String[] {"bin/", "tmp/", "etc/", "proc/", "dev/", "sys/"}) {
        tar.putArchiveEntry(new TarArchiveEntry("root/" + folder));
        tar.closeArchiveEntry();
      }
      TarArchiveEntry program = new TarArchiveEntry("root/bin/busybox");
      program.setSize(Files.size(BUSYBOX));
      program.setMode(0755);
      tar.putArchiveEntry(program);
      Files.copy(BUSYBOX, tar);
      tar.closeArchiveEntry();
      for (String applet : new String[] {"sh", "sleep", "httpd", "cat", "dd", "true", "ls"}) {
        TarArchiveEntry link =
            new TarArchiveEntry("root/bin/" + applet, TarArchiveEntry.LF_SYMLINK);
        link.setLinkName("busybox");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
