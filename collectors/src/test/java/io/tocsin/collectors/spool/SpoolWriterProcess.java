package io.tocsin.collectors.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes to a spool until it is killed, and says on its standard output how far it got: {@code C}
 * and a number when all before it is committed, {@code S} when it is synced, {@code A} before it is
 * acknowledged. The sequence in each record is its number.
 */
final class SpoolWriterProcess {

  static final Spool.Limits LIMITS = new Spool.Limits(64 << 20, 128 << 10);

  private SpoolWriterProcess() {}

  public static void main(String[] arguments) throws IOException {
    Random random = new Random(Long.parseLong(arguments[1]));
    SpoolFixture fixture = new SpoolFixture(Path.of(arguments[0]));
    fixture.limits = LIMITS;
    try (Spool spool = fixture.open()) {
      long acknowledged = 0;
      while (System.in.available() == 0) {
        long end = spool.next() + 1 + random.nextInt(50);
        for (long number = spool.next(); number < end; number++) {
          spool.add(SpoolFixture.probe(number), 0);
        }
        spool.commit();
        say('C', spool.next());
        if (random.nextInt(5) == 0) {
          spool.sync();
          say('S', spool.next());
        }
        if (random.nextInt(10) == 0) {
          acknowledged += (long) (random.nextDouble() * (spool.next() - acknowledged));
          say('A', acknowledged);
          spool.acknowledge(acknowledged);
        }
      }
    }
  }

  private static void say(char what, long number) {
    System.out.println(what + " " + number);
    System.out.flush();
  }
}
