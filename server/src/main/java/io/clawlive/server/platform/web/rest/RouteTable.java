package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which RPC an HTTP method and a path mean. The most literal path wins. */
final class RouteTable {
  private final List<Route> routes;

  /**
   * Takes the routes of these RPCs.
   *
   * @throws IllegalStateException when two of them are asked for in the same way, a fault of the
   *     contract
   */
  RouteTable(Collection<MethodDescriptor> rpcs) {
    routes =
        rpcs.stream()
            .flatMap(rpc -> Route.of(rpc).stream())
            .sorted(Comparator.comparing(Route::template, PathTemplate.MOST_LITERAL_FIRST))
            .toList();
    Map<String, Route> shapes = new HashMap<>();
    for (Route route : routes) {
      Route other = shapes.put(route.method() + " " + route.template().shape(), route);
      if (other != null) {
        throw new IllegalStateException(
            route.rpcName() + " and " + other.rpcName() + " have the same path, " + route);
      }
    }
  }

  /** What was found for a path. */
  sealed interface Found {
    /** A route and the fields that the path gives. */
    record Match(Route route, Map<String, String> fields) implements Found {}

    /** The path is known, the method is none of its own. */
    record OtherMethods(SortedSet<String> methods) implements Found {}

    /** Nothing. */
    record Nowhere() implements Found {}
  }

  /** Looks up a path; HEAD is what GET is. */
  Found find(String method, RequestPath path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    SortedSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> fields = route.template().match(path);
      if (fields.isPresent()) {
        if (route.method().equals(wanted)) {
          return new Found.Match(route, fields.get());
        }
        methods.add(route.method());
      }
    }
    if (methods.isEmpty()) {
      return new Found.Nowhere();
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return new Found.OtherMethods(methods);
  }

  /** Every route, the most literal first. */
  List<Route> routes() {
    return routes;
  }

  /** A route of an RPC. */
  Optional<Route> routeOf(String rpcName) {
    return routes.stream().filter(route -> route.rpcName().equals(rpcName)).findFirst();
  }
}
