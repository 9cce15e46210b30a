FROM	alpine	AS	x
ENV	a=1		b=2
COPY	a.txt		b.txt	/x/
ENV legacy	value	here	
FROM  x 
LABEL	q=r 	
