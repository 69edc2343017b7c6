package io.clawlive.server.sandbox.teams;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * A word of a text.
 *
 * @param form in small letters, without what stands after an apostrophe
 * @param stem what its forms have in common, by Snowball's English rules; words of other languages
 *     come through whole or lose an ending, the same one each time
 */
record Word(String form, String stem) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’]\\p{L}+)*");
  private static final Pattern APOSTROPHE = Pattern.compile("['’]");
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s$");

  /** Endings that make another matter of a word: expense and expensive, account and accountant. */
  private static final Pattern OTHER_MATTER =
      Pattern.compile("(?:ive|ant|ist|ism|ful|ous|al)s?$|(?:ly|ness|ity)$");

  /** Words that say nothing about what a message is about. */
  private static final Set<String> EMPTY =
      Set.of(
          ("a about after all also an and any are as at be because been before being but by can"
                  + " could did do does doing done for from get give go good had has have he her"
                  + " here him his how i if in into is it its just like made make many may me more"
                  + " most much must my need new no not now of off on once one only or other our"
                  + " out over please put she should so some such than that the their them then"
                  + " there these they thing things this those to too under until up us use very"
                  + " want was we were what when where which while who whom whose why will with"
                  + " would you your")
              .split(" "));

  /** The words of a text in order. */
  static List<Word> in(String text) {
    EnglishStemmer stemmer = new EnglishStemmer();
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return WORD.matcher(plain)
        .results()
        .map(found -> POSSESSIVE.matcher(found.group()).replaceFirst(""))
        .map(found -> APOSTROPHE.matcher(found).replaceAll(""))
        .map(form -> new Word(form, stem(stemmer, form)))
        .toList();
  }

  /** Two words written as one. */
  Word join(Word next) {
    String both = form + next.form;
    return new Word(both, stem(new EnglishStemmer(), both));
  }

  private static String stem(EnglishStemmer stemmer, String form) {
    stemmer.setCurrent(form);
    return stemmer.stem() ? stemmer.getCurrent() : form;
  }

  /** Whether it has the same stem as another one by an ending that makes another matter of it. */
  boolean differsInMatter(Word other) {
    int same = 0;
    while (same < Math.min(form.length(), other.form.length())
        && form.charAt(same) == other.form.charAt(same)) {
      same++;
    }
    return OTHER_MATTER.matcher(form.substring(same)).find()
        && !OTHER_MATTER.matcher(other.form.substring(same)).find();
  }

  /** Whether it says what a text is about; {@code the} and {@code please} do not. */
  boolean tells() {
    return form.length() > 1 && !EMPTY.contains(form);
  }
}
