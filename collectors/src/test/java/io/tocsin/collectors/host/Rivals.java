package io.tocsin.collectors.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs that {@link HostPassBesideOthers} compares. */
final class Rivals {

  private Rivals() {}

  /** A JVM with {@link HostPassEverySecond} in it. */
  static RivalProcess ours(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tocsin.schemas",
                "-cp",
                System.getProperty("java.class.path"),
                HostPassEverySecond.class.getName())
            .redirectError(folder.resolve("ours.log").toFile())
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    int values = Integer.parseInt(HostPassEverySecond.next(said));
    return new RivalProcess("ours: the JVM with it", process) {
      @Override
      void pass() {
        // reads by itself
      }

      @Override
      int values() {
        return values;
      }

      @Override
      double microsOfThread() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Double.parseDouble(HostPassEverySecond.next(said));
      }
    };
  }

  /** node_exporter, asked over HTTP. */
  static RivalProcess nodeExporter(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add("prometheus-node-exporter");
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.add("--web.disable-exporter-metrics");
    command.add("--collector.disable-defaults");
    for (String part :
        List.of(
            "cpu",
            "loadavg",
            "stat",
            "meminfo",
            "meminfo_numa",
            "ksmd",
            "vmstat",
            "diskstats",
            "filesystem",
            "netdev",
            "netstat",
            "pressure")) {
      command.add("--collector." + part);
    }
    Process process = start(folder, "node-exporter.log", command);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return new RivalProcess("node_exporter", process) {
      @Override
      void pass() throws Exception {
        scrape();
      }

      @Override
      int values() throws Exception {
        return (int) scrape().lines().filter(line -> !line.startsWith("#")).count();
      }

      private String scrape() throws Exception {
        for (int attempt = 0; ; attempt++) {
          try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
          } catch (IOException notYet) {
            if (attempt == 50) {
              throw notYet;
            }
            Thread.sleep(100);
          }
        }
      }
    };
  }

  /** collectd with nobody to write to; slow parts as seldom as ours. */
  static RivalProcess collectd(Path folder) throws IOException {
    Path socket = folder.resolve("collectd.sock");
    Path config =
        Files.writeString(
            folder.resolve("collectd.conf"),
            """
            Interval 1
            BaseDir "%1$s"
            PIDFile "%1$s/collectd.pid"
            PostCacheChain "nobody"
            <Chain "nobody">
              Target "stop"
            </Chain>
            LoadPlugin cpu
            LoadPlugin load
            LoadPlugin memory
            LoadPlugin swap
            LoadPlugin vmem
            LoadPlugin disk
            LoadPlugin interface
            LoadPlugin protocols
            LoadPlugin unixsock
            <LoadPlugin df>
              Interval 10
            </LoadPlugin>
            <LoadPlugin numa>
              Interval 60
            </LoadPlugin>
            <LoadPlugin hugepages>
              Interval 60
            </LoadPlugin>
            <Plugin cpu>
              ReportByCpu false
            </Plugin>
            <Plugin protocols>
              Value "/^Tcp:/"
            </Plugin>
            <Plugin df>
              ReportInodes true
              FSType tmpfs
              FSType proc
              FSType sysfs
              FSType cgroup
              IgnoreSelected true
            </Plugin>
            <Plugin unixsock>
              SocketFile "%2$s"
            </Plugin>
            """
                .formatted(folder, socket));
    Process process =
        start(folder, "collectd.log", List.of("/usr/sbin/collectd", "-f", "-C", config.toString()));
    return new RivalProcess("collectd", process) {
      @Override
      void pass() {
        // reads by itself
      }

      @Override
      int values() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          channel.connect(UnixDomainSocketAddress.of(socket));
          BufferedReader in =
              new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
          PrintWriter out =
              new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), true);
          List<String> names = new ArrayList<>();
          out.println("LISTVAL");
          for (int left = count(in); left > 0; left--) {
            names.add(in.readLine().split(" ", 2)[1]);
          }
          int values = 0;
          for (String each : names) {
            out.println("GETVAL \"" + each + "\"");
            int of = count(in);
            for (int left = of; left > 0; left--) {
              in.readLine();
            }
            values += of;
          }
          return values;
        }
      }

      private int count(BufferedReader in) throws IOException {
        return Math.max(0, Integer.parseInt(in.readLine().split(" ", 2)[0]));
      }
    };
  }

  private static Process start(Path folder, String log, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())
        .start();
  }
}
