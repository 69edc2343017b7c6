package io.clawlive.server.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublicAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, http://127.0.0.1:8080/s/1",
    "https://192.168.1.7:8443, https://192.168.1.7:8443/s/1",
    "http://0.0.0.0:8080, http://localhost:8080/s/1",
    "http://[::]:8080, http://localhost:8080/s/1"
  })
  void theDoorsOwnAddressCountsWhereNoneIsGiven(String door, String page) {
    var address = new PublicAddress("");
    assertEquals(Optional.empty(), address.page("/s/1"));
    address.opened(URI.create(door));
    assertEquals(Optional.of(page), address.page("/s/1"));
  }

  @Test
  void theGivenAddressCountsWhateverTheDoorIs() {
    var address = new PublicAddress("https://live.example.com/");
    address.opened(URI.create("http://0.0.0.0:8080"));
    assertEquals(Optional.of("https://live.example.com/s/1"), address.page("/s/1"));
  }
}
