import type { Random } from "./random.ts";

// Names are few on purpose: namesakes must occur. Accents, other scripts and quotes must occur too.
const firstNames = [
  "María",
  "Juan",
  "Ana",
  "José",
  "Lucía",
  "Martín",
  "Sofía",
  "Diego",
  "Camila",
  "Nicolás",
  "João",
  "Beatriz",
  "Zoë",
  "O'Brien",
  "François",
  "Łukasz",
  "Søren",
  "محمد",
  "ליאור",
  "さくら",
  "Ольга",
  "李娜",
  "Ян",
  "Mary Jane",
] as const;

const lastNames = [
  "García",
  "Pérez",
  "Fernández",
  "da Silva",
  "Núñez",
  "Rodríguez",
  "Müller-Lüdenscheidt",
  "D’Angelo",
  "Smith",
  "العربي",
  "כהן",
  "山田",
  "Иванов",
  "Null",
  "van der Berg",
  "Ибрагимов",
  "Ñandú",
  "Test",
] as const;

const cities = [
  "Buenos Aires",
  "Córdoba",
  "Rosario",
  "São Paulo",
  "Montevideo",
  "Santiago",
  "Ciudad de México",
  "Bogotá",
  "القاهرة",
  "Łódź",
] as const;

const sentences = [
  "Hola, quiero más información sobre los precios",
  "¿Tienen turnos para mañana a las 10:30?",
  "Olá! Gostaria de um orçamento",
  "I'd like a demo, please",
  "مرحبا، كم السعر؟",
  "שלום, אפשר לקבל הצעת מחיר?",
  "価格を教えてください",
  "👍",
  "👩‍👩‍👧‍👦 somos cuatro 🇦🇷",
  "Gracias 🙏🏽",
  "línea uno\nlínea dos\r\n\tcon tabulación",
  "comillas \"dobles\", 'simples' y una \\barra\\",
  "</script><b>no es HTML</b> & tampoco &amp;",
  "'; DROP TABLE contacts; --",
  "e\u0301 combinado, é compuesto, \u2028 separador, \u00a0 duro",
  "a\u202eoculto\u202c",
  "NULL",
  "null",
  "NaN",
  "true",
  "0123",
  "1e5",
  "9007199254740993",
  "2026-01-01",
  "  espacios  ",
  "",
] as const;

const tags = [
  "vip",
  "spam",
  "Presupuesto",
  "presupuesto",
  "2x1",
  "a,b",
  "ñandú 🦤",
  "",
  'needs "quotes"',
  "إعلان",
] as const;

// What a text column of a database may choke on. Only sent when `hostileText` asks for it.
const hostile = [
  "nul \u0000 inside",
  "lone \ud800 surrogate",
  "\udc00",
  "\u0001\u0002\u001f\u007f",
  "\ufeffmark",
] as const;

export function sampleFirstName(random: Random): string {
  return random.pick(firstNames);
}

export function sampleLastName(random: Random): string {
  return random.pick(lastNames);
}

export function sampleCity(random: Random): string {
  return random.pick(cities);
}

export function sampleTag(random: Random): string {
  return random.pick(tags);
}

export function sampleTags(random: Random, most: number): string[] {
  return Array.from({ length: random.integer(0, most) }, () => sampleTag(random));
}

/** A message, a note or an answer: from nothing to a few sentences, in many scripts. */
export function sampleSentence(random: Random, hostileText: boolean): string {
  if (hostileText && random.chance(0.1)) return random.chance(0.05) ? "x".repeat(200_000) : random.pick(hostile);
  const first = random.pick(sentences);
  return random.chance(0.3) ? `${first}. ${random.pick(sentences)}` : first;
}
