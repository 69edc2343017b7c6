package io.clawlive.server;

final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
