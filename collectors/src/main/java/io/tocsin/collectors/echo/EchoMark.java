package io.tocsin.collectors.echo;

import java.nio.ByteBuffer;

/**
 * The head of every probe that goes to an echo responder: four bytes that say what it is, eight
 * bytes of a random number that tells this prober's burst from all others, four bytes of its
 * position in the burst; then as many zeros as the probe shall be long.
 *
 * <p>A responder answers over UDP only what is marked as a question and marks it as an answer. So
 * two responders that are made to talk to each other, by a forged source address, fall silent at
 * once, which the echo service of RFC 862 does not. Over TCP it sends back what it gets.
 */
public final class EchoMark {

  /** Bytes of the head: no probe is shorter. */
  public static final int BYTES = 16;

  private static final int QUESTION = 0x54635351;
  private static final int ANSWER = 0x54635341;
  private static final int NONCE_AT = 4;
  private static final int SEQUENCE_AT = 12;

  private EchoMark() {}

  /** Fills a buffer from 0 to {@code size}, ready to be sent; what follows the head stays. */
  public static void question(ByteBuffer into, int size, long nonce, int sequence) {
    into.clear().limit(size);
    into.putInt(0, QUESTION).putLong(NONCE_AT, nonce).putInt(SEQUENCE_AT, sequence);
  }

  /** Whether what a buffer holds from its position on is a question. */
  static boolean isQuestion(ByteBuffer probe) {
    return probe.remaining() >= BYTES && probe.getInt(probe.position()) == QUESTION;
  }

  /** Turns a question into its answer, of the same length. */
  static void answer(ByteBuffer question) {
    question.putInt(question.position(), ANSWER);
  }

  /**
   * Position in the burst of the probe that this answers; also when the far end sent it back
   * unmarked, as any other echo service does.
   *
   * @return -1 if it answers no probe of this burst
   */
  public static int sequence(ByteBuffer answer, long nonce, int burst) {
    int at = answer.position();
    if (answer.remaining() < BYTES || answer.getLong(at + NONCE_AT) != nonce) {
      return -1;
    }
    int mark = answer.getInt(at);
    int sequence = answer.getInt(at + SEQUENCE_AT);
    boolean ours = (mark == ANSWER || mark == QUESTION) && sequence >= 0 && sequence < burst;
    return ours ? sequence : -1;
  }

  /** Whether it is of this kind at all, so that it may answer an earlier burst. */
  public static boolean isAnswer(ByteBuffer answer) {
    return answer.remaining() >= BYTES
        && (answer.getInt(answer.position()) == ANSWER
            || answer.getInt(answer.position()) == QUESTION);
  }
}
