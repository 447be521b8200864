package io.tocsin.collectors.app.receiver;

import io.tocsin.collectors.Collector;
import io.tocsin.collectors.CollectorContract;
import io.tocsin.collectors.CollectorException;
import io.tocsin.collectors.Reading;
import io.tocsin.schemas.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class ReceiverContractTest extends CollectorContract {

  private final List<ReceiverCollector> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(ReceiverCollector::close);
  }

  @Override
  protected Collector healthy() throws Exception {
    Collector fed = new Fed(open(), "m,service=shop value=1\nn,service=cart value=2\n");
    fed.collect();
    return fed;
  }

  @Override
  protected Collector troubled() throws Exception {
    return new Fed(open(), "this is no line protocol");
  }

  private ReceiverCollector open() throws CollectorException {
    ReceiverCollector receiver = Receivers.receiver(Receivers.config(null, null, null));
    receiver.open();
    opened.add(receiver);
    return receiver;
  }

  /** A receiver to which somebody sends the same before each pass. */
  private record Fed(ReceiverCollector receiver, String body) implements Collector {

    @Override
    public String name() {
      return receiver.name();
    }

    @Override
    public Duration interval() {
      return receiver.interval();
    }

    @Override
    public Duration deadline() {
      return receiver.deadline();
    }

    @Override
    public List<Resource> resources() {
      return receiver.resources();
    }

    @Override
    public Reading collect() throws InterruptedException {
      try {
        new Sender(receiver.port()).post("/write", body);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return receiver.collect();
    }
  }
}
