/* Parses markdown files with cmark-gfm and its table extension and nothing else, each as often as asked, in one
   process: the least that any program which uses the library has to do, as the measure for `execplan validate`
   of markdown plans. */
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <stdio.h>
#include <stdlib.h>

static char *contents(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(74);
  }
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size + 1);
  if (!bytes || fread(bytes, 1, *size, file) != *size) {
    perror(path);
    exit(74);
  }
  fclose(file);
  return bytes;
}

int main(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "usage: cmark-rate REPETITIONS FILE...\n");
    return 64;
  }
  cmark_gfm_core_extensions_ensure_registered();
  cmark_syntax_extension *table = cmark_find_syntax_extension("table");
  size_t total = 0;
  for (long repetition = atol(words[1]); repetition > 0; repetition--) {
    for (int index = 2; index < count; index++) {
      size_t size;
      char *bytes = contents(words[index], &size);
      cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
      cmark_parser_attach_syntax_extension(parser, table);
      cmark_parser_feed(parser, bytes, size);
      cmark_node *document = cmark_parser_finish(parser);
      cmark_node_free(document);
      cmark_parser_free(parser);
      free(bytes);
      total += size;
    }
  }
  printf("%zu bytes\n", total);
  return 0;
}
