package io.clawlive.browser;

import com.microsoft.playwright.options.ColorScheme;

/** The windows that pages must look right in. */
enum Look {
  DESKTOP_LIGHT(1280, 800, ColorScheme.LIGHT),
  DESKTOP_DARK(1280, 800, ColorScheme.DARK),
  PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
  PHONE_DARK(390, 844, ColorScheme.DARK),
  SMALL_PHONE_LIGHT(360, 800, ColorScheme.LIGHT),
  SMALL_PHONE_DARK(360, 800, ColorScheme.DARK);

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  Look(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  ColorScheme scheme() {
    return scheme;
  }
}
