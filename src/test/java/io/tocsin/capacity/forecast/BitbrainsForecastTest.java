package io.tocsin.capacity.forecast;

import io.tocsin.capacity.Figure;
import io.tocsin.capacity.source.TraceFleet;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BitbrainsForecastTest {
  @Test
  void report() throws Exception {
    var fleet = TraceFleet.read(Path.of("/work/shared/data/bitbrains-rnd-2013-8"), null);
    var f = new Forecaster(ForecastSettings.defaults(ZoneOffset.UTC));
    double[] cov = new double[2], mae = new double[2];
    int[] n = new int[2];
    long t = System.nanoTime();
    for (var o : f.rank(fleet.resources(), List.of(Figure.CPU_PERCENT, Figure.MEMORY_PERCENT))) {
      System.out.println(
          o.id()
              + " "
              + o.figure()
              + " "
              + (o instanceof Forecast x
                  ? x.model() + " " + x.accuracy() + " " + x.full().words()
                  : o));
      if (o instanceof Forecast x) {
        int i = x.figure() == Figure.CPU_PERCENT ? 0 : 1;
        cov[i] += x.accuracy().coverage();
        mae[i] += x.accuracy().meanAbsoluteError();
        n[i]++;
      }
    }
    for (int i = 0; i < 2; i++) System.out.println(cov[i] / n[i] + " " + mae[i] / n[i]);
    System.out.println((System.nanoTime() - t) / 1e6 + " ms");
  }
}
