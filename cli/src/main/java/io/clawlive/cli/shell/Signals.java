package io.clawlive.cli.shell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Catches signals of the operating system.
 *
 * <p>The class the JDK has for this is supported but not part of its specification, and the
 * compiler warns at every mention; so it is reached by name. Where it is missing nothing is caught
 * and a signal ends the process as usual.
 */
public final class Signals {
  private Signals() {}

  /**
   * Runs the action, instead of what usually happens, whenever the signal ("INT", "TERM") comes.
   */
  public static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return method.getName().equals("equals") ? (Object) false : null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      return; // As the class comment says.
    }
  }
}
