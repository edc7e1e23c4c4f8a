#pragma once

#include <stddef.h>

/// A file of the embedded model: its name below the model's root, and its bytes, which live as long
/// as the process.
struct sg_embedded_file {
  const char *name;
  const unsigned char *bytes;
  size_t size;
};

/// How many files the embedded model has.
size_t sg_embedded_file_count(void);

/// File `index`, which must be below the count.
struct sg_embedded_file sg_embedded_file_at(size_t index);
