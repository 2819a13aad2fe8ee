/* Reads a YAML file with libyaml's event interface and counts the events: the least that any program
   which uses libyaml has to do, as the measure for `execplan validate`. */
#include <stdio.h>
#include <yaml.h>

int main(int count, char **words) {
  if (count != 2) {
    fprintf(stderr, "usage: yaml_events FILE\n");
    return 64;
  }
  FILE *file = fopen(words[1], "rb");
  if (!file) {
    perror(words[1]);
    return 74;
  }
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) return 70;
  yaml_parser_set_input_file(&parser, file);
  unsigned long events = 0;
  int is_over = 0;
  while (!is_over) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "%s: line %zu: %s\n", words[1], parser.problem_mark.line + 1, parser.problem);
      return 1;
    }
    is_over = event.type == YAML_STREAM_END_EVENT;
    events++;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  printf("%lu events\n", events);
  return 0;
}
