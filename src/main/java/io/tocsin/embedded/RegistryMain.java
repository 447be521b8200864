package io.tocsin.embedded;

import java.io.IOException;
import java.lang.reflect.Method;

/**
 * The registry's own process: ends when its parent does, then hands over to the registry's main
 * class. The parent holds the other end of standard input and never writes to it; when the parent
 * goes, by whatever signal, the kernel closes the pipe and this process reads the end of it.
 *
 * <p>Uses nothing but the JDK: the rest of our class path is not on this process's.
 */
public final class RegistryMain {

  private RegistryMain() {}

  /**
   * @param args the main class to run
   * @throws ReflectiveOperationException if it is not on the class path
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread leash = new Thread(RegistryMain::endWithParent, "ends-with-parent");
    leash.setDaemon(true);
    leash.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    main.invoke(null, (Object) new String[0]);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // the parent has nothing to say
      }
    } catch (IOException e) {
      // the pipe broke: the parent is gone
    }
    // halt, not exit: the database file is safe at any moment, and an orderly stop takes seconds.
    Runtime.getRuntime().halt(0);
  }
}
