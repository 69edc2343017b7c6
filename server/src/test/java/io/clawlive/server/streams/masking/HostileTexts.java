package io.clawlive.server.streams.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pieces that, repeated, make a text on which careless matching takes quadratic time. */
final class HostileTexts {
  private HostileTexts() {}

  static List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    pieces.addAll(List.of("sk-sk-sk-", "sk-a-", "xsk-aaaa-", "sk-aaaaaaaaaaaaa-", "task-"));
    pieces.addAll(List.of("eyJ.eyJ.", "eyJa", "eyJhbGciOiJIUzI1NiJ9.", "eyJaaaaaaaaaa.a.a.a."));
    pieces.addAll(List.of("4111 ", "4 1 ", "4111-1111 ", "411111 11 ", "41", "4111111111111112 "));
    pieces.addAll(List.of("4111111111111111 ", "3782 822463 10005 ", "1", "0", "1 "));
    pieces.addAll(
        List.of("-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "PRIVATE KEY", "-", "----"));
    pieces.addAll(List.of("-----BEGIN PRIVATE KEY-----\nMIIEabcd\n", "-----END PRIVATE KEY-----"));
    pieces.addAll(
        List.of("password=", "password= ", "password=\"", "password='password=\"", "token:"));
    pieces.addAll(
        List.of("token=f(", "token=://", "token: aaaaaaaaaaaa ", "secret=\\\"", "=pwd\\"));
    pieces.addAll(List.of("password=\"aaaaaaaaaaaaa ", "--password a", "api_key:=", "pwd=pwd:"));
    pieces.addAll(List.of("a@a@a@", "a@", "a.a@a.a", "@", "://:@", "://", "a://b:c", "://a:b@c/"));
    pieces.addAll(
        List.of("\u001b[", "\u001b[31m", "\u001b]", "\u001b", "\u001b]a\u0007", "\u001bP\u001b"));
    pieces.addAll(List.of("\u200b", "\u00ad", "a\u200b", "\u009b", "\u001b[0;0;0;"));
    pieces.addAll(
        List.of("Bearer Bearer ", "Bearer ", "bearer=", "xbearer=", "basic ", "Basic QQ"));
    pieces.addAll(List.of("authorization:", "authorization: x ", "Authorization:Bearer "));
    pieces.addAll(List.of("ghp_", "xglpat-", "github_pat_", "glpat-a ", "xoxb-", "AKIA", "SG.a"));
    pieces.addAll(List.of("MTIzNDU2.", "MTIzNDU2", "1234567890:AA", ":AA", "cl_a1b2c3d4_", "SKaa"));
    pieces.addAll(
        List.of("twilio SK0123456789abcdef0123456789abcdef", "hooks.slack.com/services/"));
    pieces.addAll(
        List.of("/api/webhooks/", "MIIEowIBAAKC", "ya29.", "hvs.", "\\n", "%3D", "\\u003d"));
    for (int b = 0x20; b < 0x7f; b++) {
      pieces.add(String.valueOf((char) b));
    }
    return pieces;
  }

  /** The piece again and again. */
  static String repeated(String piece, int length) {
    return piece.repeat(length / piece.length() + 1).substring(0, length);
  }

  static String name(String piece) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      name.append(
          c > ' ' && c < 0x7f ? String.valueOf(c) : String.format(Locale.ROOT, "\\%x", (int) c));
    }
    return name.toString();
  }
}
