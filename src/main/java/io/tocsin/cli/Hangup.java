package io.tocsin.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which daemons are asked to read their configuration again. Java has it only in a class
 * that it does not document, so it is reached by reflection; where that is gone, nothing happens.
 */
final class Hangup {

  private Hangup() {}

  /**
   * From now on the signal calls {@code then}, on a thread of the Java machine's own, instead of
   * ending the process.
   *
   * @return false where the signal is ignored, as under {@code nohup}, or cannot be had
   */
  static boolean calls(Runnable then) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calling =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              then.run();
            }
            return null;
          };
      Object ours =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calling);
      Object before =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
      // What nohup has switched off, Java leaves switched off.
      return before != handler.getField("SIG_IGN").get(null);
    } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
      return false;
    }
  }
}
