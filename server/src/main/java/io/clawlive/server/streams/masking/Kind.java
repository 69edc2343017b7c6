package io.clawlive.server.streams.masking;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a masked secret was. The name, in lower case with dashes, stands in the masked text. */
enum Kind {
  AGE_KEY,
  ANTHROPIC_KEY,
  API_KEY,
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_KEY,
  AZURE_KEY,
  BASIC_AUTH,
  BEARER_TOKEN,
  CARD,
  CLAWLIVE_KEY,
  CREDENTIAL,
  DIGITALOCEAN_TOKEN,
  DISCORD_TOKEN,
  DISCORD_WEBHOOK,
  EMAIL,
  GITHUB_TOKEN,
  GITLAB_TOKEN,
  GOOGLE_KEY,
  HUGGINGFACE_TOKEN,
  JWT,
  NPM_TOKEN,
  OPENAI_KEY,
  OPENROUTER_KEY,
  PRIVATE_KEY,
  PYPI_TOKEN,
  SENDGRID_KEY,
  SLACK_TOKEN,
  SLACK_WEBHOOK,
  STRIPE_KEY,
  TELEGRAM_TOKEN,
  TWILIO_KEY,
  URL_PASSWORD,
  VAULT_TOKEN;

  private final String replacement;

  Kind() {
    String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    replacement = "[masked:" + label + "]";
  }

  byte[] replacement() {
    return replacement.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether it is only known by its place, so that a kind known by its shape says more. */
  boolean isKnownByPlace() {
    return this == CREDENTIAL || this == URL_PASSWORD;
  }
}
