package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.rest.RouteTable.Found;
import io.clawlive.server.testing.Contract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of the contract and what they lead to. */
final class RouteTableTest {
  private static final RouteTable TABLE = new RouteTable(Contract.rpcs());

  static Stream<Route> routes() {
    return TABLE.routes().stream();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyPathLeadsToItsOwnRpc(Route route) {
    String path = route.template().braced().replaceAll("\\{[^}]*}", "some-name");
    var match =
        assertInstanceOf(Found.Match.class, TABLE.find(route.method(), RequestPath.of(path)));
    assertEquals(route.toString(), match.route().toString());
    assertEquals(route.rpc(), match.route().rpc());
    match.fields().values().forEach(value -> assertEquals("some-name", value));
  }

  @Test
  void everyRpcThatOneCallCanMakeHasAPath() {
    assertTrue(TABLE.routes().size() >= 45, () -> TABLE.routes().size() + " routes");
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    return PathTemplate.of(template).match(RequestPath.of(path));
  }

  @Test
  void aVariableIsOneSegmentOrManyOrAPattern() {
    assertEquals(Optional.of(Map.of("a", "x")), match("/v1/{a}", "/v1/x"));
    assertEquals(Optional.empty(), match("/v1/{a}", "/v1/x/y"));
    assertEquals(Optional.of(Map.of("a", "x/y")), match("/v1/{a=**}", "/v1/x/y"));
    assertEquals(Optional.empty(), match("/v1/{a=**}", "/v1"));
    assertEquals(Optional.of(Map.of("a.b", "p/x/q")), match("/{a.b=p/*/q}", "/p/x/q"));
    assertEquals(
        Optional.of(Map.of("a", "x", "b", "y")), match("/v1/{a}/c/{b}:verb", "/v1/x/c/y:verb"));
    assertEquals(Optional.empty(), match("/v1/{a}:verb", "/v1/x:other"));
    assertEquals(Optional.empty(), match("/v1/{a}:verb", "/v1/:verb"));
    assertEquals(Optional.of(Map.of("a", "x:other")), match("/v1/{a}", "/v1/x:other"));
  }

  @Test
  void aBorderIsWhatStandsThereBeforeDecoding() {
    assertEquals(Optional.of(Map.of("a", "x/y")), match("/v1/{a}", "/v1/x%2Fy"));
    assertEquals(Optional.of(Map.of("a", "x:verb")), match("/v1/{a}", "/v1/x%3Averb"));
    assertEquals(Optional.empty(), match("/v1/{a}:verb", "/v1/x%3Averb"));
    assertEquals(Optional.of(Map.of("a", "ü 1+2")), match("/v1/{a}", "/v1/%C3%BC%201+2"));
    assertEquals(Optional.of(Map.of("a", "..")), match("/v1/{a}", "/v1/%2E%2e"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/..", "/v1/../x", "/v1/./x", "/v1//x", "/v1/x/", "/", "//"})
  void whatNamesNothingIsNowhere(String path) {
    assertInstanceOf(Found.Nowhere.class, TABLE.find("GET", RequestPath.of(path)));
    assertEquals(Optional.empty(), match("/v1/{a=**}", path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/%", "/v1/%2", "/v1/%zz", "/v1/%ff", "/v1/%c3%28"})
  void whatCannotBeDecodedIsRefused(String path) {
    assertThrows(Refusal.class, () -> RequestPath.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "/v1/{", "/v1/{a=**}/b", "/v1/a b", "/v1/a:", "/v1/{A-B}", ""})
  void whatIsNoTemplateIsAFaultOfTheContract(String template) {
    assertThrows(IllegalArgumentException.class, () -> PathTemplate.of(template));
  }

  @Test
  void aMethodThatIsNotTakenIsToldFromAPathThatIsNotThere() {
    var other =
        assertInstanceOf(
            Found.OtherMethods.class, TABLE.find("PUT", RequestPath.of("/v1/sessions")));
    assertEquals(List.of("GET", "HEAD", "POST"), List.copyOf(other.methods()));
    assertInstanceOf(Found.Nowhere.class, TABLE.find("GET", RequestPath.of("/v1/other")));
  }

  @Test
  void twoRpcsOnOnePathAreAFaultOfTheContract() {
    var rpcs = Stream.concat(Contract.rpcs().stream(), Contract.rpcs().stream()).toList();
    assertThrows(IllegalStateException.class, () -> new RouteTable(rpcs));
  }
}
