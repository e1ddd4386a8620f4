"""亮灯: the judgements of tasks on a day, the boards they stand on, the curves as pictures."""
