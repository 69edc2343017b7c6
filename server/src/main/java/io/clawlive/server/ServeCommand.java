package io.clawlive.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the server until SIGTERM or Ctrl-C.",
      "",
      "Without --postgres-url it starts a PostgreSQL of its own on the data directory.",
      "When it takes calls it prints one line on stdout:",
      "ready grpc=HOST:PORT http=http://HOST:PORT data=DIR.",
      "Logs go to stderr; CLAWLIVE_LOG_LEVEL sets how much (default INFO)."
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory. Default: $CLAWLIVE_HOME/data, or ~/.clawlive/data.")
  @Nullable Path data;

  @Option(
      names = "--grpc-port",
      paramLabel = "N",
      defaultValue = "9090",
      description = "Port of the gRPC door; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  int grpcPort;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port of the web door; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  int httpPort;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where people reach the web door, as https://HOST; links in answers begin with it.",
        "Default: the door's own address."
      })
  @Nullable String publicUrl;

  @Option(
      names = "--web-origin",
      paramLabel = "ORIGIN",
      description = {
        "Let pages of another origin call the web door, as https://HOST or https://HOST:PORT.",
        "May be repeated. Default: none."
      })
  List<String> webOrigins = new ArrayList<>();

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS[/BITS]",
      description = {
        "Believe the X-Forwarded-For of this reverse proxy of the web door, or of this network;",
        "rates and the access log then count who is behind it. May be repeated. Default: none."
      })
  List<String> trustedProxies = new ArrayList<>();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serve the web door with TLS and HTTP/2: its certificate and chain, in PEM.")
  @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate, in PEM (PKCS #8) without a password.")
  @Nullable Path tlsKey;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = {
        "Where to write a line of JSON for each request of the web door:",
        "a file, to which it is added, or 'off'. Default: stderr."
      })
  @Nullable String accessLog;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}, this machine only.")
  String bind = "127.0.0.1";

  @Option(
      names = "--postgres-url",
      paramLabel = "URL",
      description = {
        "Use this PostgreSQL (15 or newer), as jdbc:postgresql://HOST:PORT/DATABASE?user=NAME.",
        "The password comes from the environment: CLAWLIVE_POSTGRES_PASSWORD."
      })
  @Nullable String postgresUrl;

  @Option(
      names = "--redis-url",
      paramLabel = "URL",
      description = {
        "Count rates and failed logins together with other servers in this Redis (6 or newer), as",
        "redis://HOST:PORT/DATABASE, or rediss:// for TLS.",
        "The password comes from the environment: CLAWLIVE_REDIS_PASSWORD."
      })
  @Nullable String redisUrl;

  @Override
  public Integer call() {
    return new ServerProcess(this, Home.fromEnvironment()).run();
  }
}
