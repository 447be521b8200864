package io.tocsin.collectors.app.figure;

import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Problem.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A file that holds nothing but a token. */
public final class TokenFile {

  private static final int LONGEST = 8 * 1024;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST + "}");

  private TokenFile() {}

  /**
   * The token.
   *
   * @throws CollectorException if the file cannot be read or holds something else
   */
  public static String read(Path file) throws CollectorException {
    String token;
    try (InputStream in = Files.newInputStream(file)) {
      token = new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new CollectorException(
          Reason.UNREADABLE,
          file.toString(),
          "the token cannot be read; is the file there, and may this user read it?");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new CollectorException(
          Reason.MALFORMED, file.toString(), "it holds no token: one word of plain ASCII");
    }
    return token;
  }
}
