package io.tocsin.collectors.policy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a text what usually is a secret, by forms that their makers have published: private keys
 * in PEM (RFC 7468), JSON web tokens (RFC 7519), passwords in URLs (RFC 3986), credentials of HTTP
 * (RFC 6750, 7617), keys of AWS, Google, GitHub, GitLab and Slack, words as {@code password=...},
 * and addresses of mail. A random word without a form or a name is not found: no guess by entropy,
 * which would take digests of images for secrets.
 */
final class SecretText {

  /** A form; its first group is the part that is secret. */
  private record Form(String name, Pattern pattern) {
    static Form of(String name, String regex) {
      return new Form(name, Pattern.compile(regex));
    }
  }

  private static final String WORD =
      "(?:(?<![a-zA-Z])(?:pass|pwd)|password|passwd|passphrase|secret|token|api[_-]?key"
          + "|access[_-]?key|private[_-]?key|authorization|credentials?|cookie)";

  private static final List<Form> FORMS =
      List.of(
          Form.of(
              "private-key",
              "(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?s:.*?)(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\\z))"),
          Form.of("jwt", "\\b(eyJ[\\w-]{8,}+\\.[\\w-]{8,}+(?:\\.[\\w-]*+)?)"),
          Form.of("aws-key", "\\b((?:AKIA|ASIA)[A-Z0-9]{16})\\b"),
          Form.of("google-key", "\\b(AIza[\\w-]{35})"),
          Form.of("github-token", "\\b((?:gh[pousr]_|github_pat_)\\w{30,}+)"),
          Form.of("gitlab-token", "\\b(glpat-[\\w-]{20,}+)"),
          Form.of("slack-token", "\\b(xox[a-z]-[\\w-]{10,}+)"),
          Form.of("url-password", "://[^\\s/@:]{0,256}:([^\\s/@]{1,256})@"),
          Form.of("credentials", "(?i)\\b(?:bearer|basic) {1,4}([\\w.~+/=-]{12,}+)"),
          Form.of(
              "password",
              "(?i)"
                  + WORD
                  + "\\\\?[\"']? ?[=:] ?\\\\?[\"']?(?!(?:bearer|basic) )([^\\s\"'&;,|\\\\]{1,512}+)"),
          Form.of(
              "password", "(?i)(?<!\\S)--?[\\w-]{0,32}" + WORD + " {1,4}([^\\s-][^\\s]{0,511}+)"),
          Form.of("mail-address", "([\\w.%+-]{1,64}+@(?:[\\w-]{1,63}+\\.){1,8}[A-Za-z]{2,24})"));

  private SecretText() {}

  /**
   * The text with {@code [masked form]} in the place of each; the same object where there is none.
   */
  static String masked(String text) {
    if (!mayHoldOne(text)) {
      return text;
    }
    String masked = text;
    for (Form form : FORMS) {
      masked = masked(form, masked);
    }
    return masked;
  }

  private static String masked(Form form, String text) {
    Matcher matcher = form.pattern().matcher(text);
    if (!matcher.find()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    do {
      if (!isMask(text, matcher.start(1))) {
        masked.append(text, copied, matcher.start(1)).append("[masked ").append(form.name());
        masked.append(']');
        copied = matcher.end(1);
      }
    } while (matcher.find());
    return masked.append(text, copied, text.length()).toString();
  }

  /** What another form has put there already. */
  private static boolean isMask(String text, int at) {
    return text.startsWith("[masked ", at);
  }

  /**
   * One pass that is cheap, for the texts of which nearly all are: each form has one of these
   * characters, or a run of letters and digits that is long.
   */
  private static boolean mayHoldOne(String text) {
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '=' || c == ':') {
        return true;
      }
      boolean inWord = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      run = inWord || c == '_' || c == '-' ? run + 1 : 0;
      if (run >= 16 || c == ' ' && i + 12 <= text.length()) {
        return true;
      }
    }
    return false;
  }
}
