cc -o dist/tool src/main.c
