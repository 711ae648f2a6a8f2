// Words as people type them: in any order, any spelling of a name, any way to write a number.

const CYRILLIC = {
  ...{ а: "a", б: "b", в: "v", г: "g", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y", і: "i", к: "k", л: "l" },
  ...{ м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh" },
  ...{ щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "iu", я: "ia" },
};

/**
 * A text in its small normal form: Latin letters without marks, numbers without separators, one
 * space between words. So `Zelenskyy`, `Зеленський` and `Zelensky` are one.
 */
export const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[а-ґ]/g, (letter) => CYRILLIC[letter] ?? letter)
    .replace(/['’ʼʹ`]/g, "")
    .replace(/\b\d{1,3}(?:[.,\s]\d{3})+\b/g, (number) => number.replace(/\D/g, ""))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/[iyj]+/g, "i")
    .trim();

/** Whether a folded text has all words of a query; a number is found as a whole only. */
export const matcher = (query) => {
  // A Cyrillic г is a g in Russian names and an h in Ukrainian ones.
  const forms = [fold(query), fold(query.toLowerCase().replaceAll("г", "h"))].map((form) => form.split(" ").filter(Boolean));
  return (text) => forms.some((words) => words.every((word) => (/^\d+$/.test(word) ? new RegExp(`(?<!\\d)${word}(?!\\d)`).test(text) : text.includes(word))));
};
